#include "core/import/address_book.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "core/import/text.hpp"
#include "core/utf8.hpp"

namespace debrief::core::intake {
namespace {

// Anybody may have an address there, so it tells nothing about the employer.
constexpr std::array<std::string_view, 18> public_domains{
    "aol.com",        "fastmail.com", "freenet.de",     "gmail.com",   "gmx.de",   "gmx.net",
    "googlemail.com", "hotmail.com",  "icloud.com",     "live.com",    "mail.com", "me.com",
    "outlook.com",    "proton.me",    "protonmail.com", "t-online.de", "web.de",   "yahoo.com"};

Status each(Store& store, std::string_view table, const std::function<void(const Record&)>& visit) {
    Query query{.table = std::string{table}, .where = {}, .order = "id", .limit = 1000, .after = {}};
    do {
        const auto page = store.list(query);
        if (!page) return page.error();
        for (const Record& record : page->records) visit(record);
        query.after = page->next;
    } while (!query.after.empty());
    return Ok{};
}

/// Runs of letters and digits of the folded text.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : fold(text)) {
        const bool inside = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        if (inside) {
            word.push_back(c);
        } else if (!word.empty()) {
            words.push_back(std::exchange(word, {}));
        }
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

bool is_public(std::string_view domain) {
    return std::find(public_domains.begin(), public_domains.end(), domain) != public_domains.end();
}

template <typename Map, typename Key>
typename Map::mapped_type found_or_empty(const Map& map, const Key& key) {
    const auto found = map.find(key);
    return found == map.end() ? typename Map::mapped_type{} : found->second;
}

}  // namespace

std::string domain_of_email(std::string_view email) {
    const std::size_t at = email.rfind('@');
    if (at == std::string_view::npos || at == 0) return {};
    std::string domain = lower(trimmed(email.substr(at + 1)));
    return domain.find('.') == std::string::npos ? std::string{} : domain;
}

std::string domain_of_website(std::string_view website) {
    std::string_view rest = trimmed(website);
    if (const std::size_t scheme = rest.find("://"); scheme != std::string_view::npos) rest.remove_prefix(scheme + 3);
    rest = rest.substr(0, rest.find_first_of("/?#:"));
    std::string domain = lower(rest);
    if (domain.starts_with("www.")) domain.erase(0, 4);
    return domain.find('.') == std::string::npos ? std::string{} : domain;
}

Result<AddressBook> AddressBook::read(Store& store) {
    AddressBook book;
    DEBRIEF_TRY(book.read_accounts(store));
    DEBRIEF_TRY(book.read_contacts(store));
    return book;
}

Status AddressBook::read_accounts(Store& store) {
    return each(store, "account", [this](const Record& record) {
        const std::string name = record.text("name");
        by_name_[fold(trimmed(name))].push_back(record.id);
        auto words = words_of(name);
        if (!words.empty()) by_first_word_[words.front()].push_back({words, record.id});
        const std::string domain = domain_of_website(record.text("website"));
        if (!domain.empty() && !is_public(domain)) by_domain_[domain].insert(record.id);
    });
}

Status AddressBook::read_contacts(Store& store) {
    return each(store, "contact", [this](const Record& record) {
        const auto account = record.ref("account");
        if (!account) return;
        by_person_[{*account, fold(trimmed(record.text("name")))}].push_back(record.id);
        const std::string email = lower(trimmed(record.text("email")));
        if (!email.empty()) by_email_[email].push_back({record.id, *account});
        const std::string domain = domain_of_email(email);
        if (!domain.empty() && !is_public(domain)) by_domain_[domain].insert(*account);
        const std::string key = record.text("external_key");
        if (!key.empty()) by_key_.emplace(key, record.id);
    });
}

std::vector<Uuid> AddressBook::accounts_named(std::string_view name) const {
    return found_or_empty(by_name_, fold(trimmed(name)));
}

std::set<Uuid> AddressBook::accounts_in(std::string_view text) const {
    const auto words = words_of(text);
    std::set<Uuid> accounts;
    for (std::size_t at = 0; at < words.size();) {
        const auto candidates = by_first_word_.find(words[at]);
        std::size_t longest = 0;
        std::vector<Uuid> here;
        if (candidates != by_first_word_.end()) {
            for (const NamedAccount& account : candidates->second) {
                const std::size_t length = account.words.size();
                if (length < longest || words.size() - at < length) continue;
                if (!std::equal(account.words.begin(), account.words.end(),
                                words.begin() + static_cast<std::ptrdiff_t>(at))) {
                    continue;
                }
                if (length > longest) here.clear();
                longest = length;
                here.push_back(account.id);
            }
        }
        accounts.insert(here.begin(), here.end());
        at += std::max<std::size_t>(longest, 1);
    }
    return accounts;
}

std::set<Uuid> AddressBook::accounts_at(std::string_view domain) const {
    return found_or_empty(by_domain_, lower(domain));
}

std::vector<KnownContact> AddressBook::contacts_with_email(std::string_view email) const {
    return found_or_empty(by_email_, lower(trimmed(email)));
}

std::vector<Uuid> AddressBook::contacts_named(const Uuid& account, std::string_view name) const {
    return found_or_empty(by_person_, std::pair{account, fold(trimmed(name))});
}

std::optional<Uuid> AddressBook::contact_with_key(std::string_view key) const {
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? std::nullopt : std::optional{found->second};
}

}  // namespace debrief::core::intake
