// The three things that somebody waits for. Part of session_driver.cpp.
#pragma once

#include <utility>

#include "platform/link/session_driver.hpp"
#include "sync/invitation.hpp"

namespace debrief::platform {

class SessionDriver::Joining final : public Task {
public:
    Joining(SessionDriver& driver, sync::Invitation invitation, JoinDone done)
        : driver_(driver), invitation_(std::move(invitation)), done_(std::move(done)) {}

    core::Status begin() override {
        driver_.failed_ = false;
        auto actions = driver_.session_.join(invitation_, driver_.device_name_);
        if (!actions) return actions.error();
        driver_.run(std::move(*actions));
        return core::Ok{};
    }
    bool advance() override {
        if (const auto& joined = driver_.session_.joined()) {
            outcome_ = *joined;
        } else if (driver_.failed_) {
            give_up();
        }
        return outcome_.has_value();
    }
    void give_up() override { outcome_ = driver_.session_.joined().value_or(core::Status{driver_.not_answered()}); }
    void fail(core::Error error) override { outcome_ = std::move(error); }
    void answer() override { done_(*outcome_); }

private:
    SessionDriver& driver_;
    sync::Invitation invitation_;
    JoinDone done_;
    std::optional<core::Status> outcome_;
};

class SessionDriver::Round final : public Task {
public:
    Round(SessionDriver& driver, OnceDone done) : driver_(driver), done_(std::move(done)) {}

    core::Status begin() override {
        before_ = driver_.session_.status().totals;
        return driver_.reach();
    }
    bool advance() override {
        if (driver_.settled()) give_up();
        return outcome_.has_value();
    }
    void give_up() override {
        const auto status = driver_.session_.status();
        if (status.state == sync::SyncState::revoked) {
            outcome_ = driver_.turned_away();
        } else if (status.state != sync::SyncState::caught_up) {
            outcome_ = driver_.not_answered();
        } else {
            outcome_ = LinkRound{status.totals.pushed - before_.pushed, status.totals.pulled - before_.pulled,
                                 status.totals.parked - before_.parked};
        }
    }
    void fail(core::Error error) override { outcome_ = std::move(error); }
    void answer() override { done_(*outcome_); }

private:
    SessionDriver& driver_;
    OnceDone done_;
    sync::SyncTotals before_{};
    std::optional<core::Result<LinkRound>> outcome_;
};

class SessionDriver::Order final : public Task {
public:
    Order(SessionDriver& driver, std::vector<std::string> words, OrderDone done)
        : driver_(driver), words_(std::move(words)), done_(std::move(done)) {}

    core::Status begin() override { return driver_.reach(); }
    bool advance() override {
        if (!sent_) {
            if (!driver_.greeted_now() && !driver_.settled()) return false;
            send();
        }
        if (!outcome_) {
            if (const auto& answer = driver_.session_.administered()) outcome_ = *answer;
        }
        return outcome_.has_value();
    }
    void give_up() override {
        if (!sent_) {
            outcome_ = driver_.not_reached();
            return;
        }
        outcome_ = core::Error{driver_.stopped() ? core::Errc::cancelled : core::Errc::offline,
                               "The server has not answered: it may have been done.", "",
                               "Look first whether it was, then say it again if need be."};
    }
    void fail(core::Error error) override { outcome_ = std::move(error); }
    void answer() override { done_(*outcome_); }

private:
    void send() {
        if (!driver_.greeted_now()) return fail(driver_.not_reached());
        auto actions = driver_.session_.administer(words_);
        if (!actions) return fail(actions.error());
        sent_ = true;
        driver_.run(std::move(*actions));
    }

    SessionDriver& driver_;
    std::vector<std::string> words_;
    OrderDone done_;
    bool sent_ = false;
    std::optional<core::Result<std::string>> outcome_;
};

}  // namespace debrief::platform
