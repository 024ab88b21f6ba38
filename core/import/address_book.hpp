// Accounts and contacts of a store, to be found by what other programs write down about them.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/store.hpp"

namespace debrief::core::intake {

struct KnownContact {
    Uuid id;
    Uuid account;
};

/// A snapshot; finding never guesses: it gives everything that fits. Threads: one owner.
class AddressBook {
public:
    /// Errors: as Store::list.
    static Result<AddressBook> read(Store& store);

    [[nodiscard]] std::vector<Uuid> accounts_named(std::string_view name) const;
    /// Accounts whose whole name stands in `text`. A name within a longer one that stands there too does not count.
    [[nodiscard]] std::set<Uuid> accounts_in(std::string_view text) const;
    /// Accounts that use this e-mail domain: on their website, or a contact of theirs does. None for public mail
    /// providers.
    [[nodiscard]] std::set<Uuid> accounts_at(std::string_view domain) const;

    [[nodiscard]] std::vector<KnownContact> contacts_with_email(std::string_view email) const;
    [[nodiscard]] std::vector<Uuid> contacts_named(const Uuid& account, std::string_view name) const;
    [[nodiscard]] std::optional<Uuid> contact_with_key(std::string_view key) const;

private:
    struct NamedAccount {
        std::vector<std::string> words;  // Of the folded name.
        Uuid id;
    };
    Status read_accounts(Store& store);
    Status read_contacts(Store& store);

    std::map<std::string, std::vector<Uuid>, std::less<>> by_name_;
    std::map<std::string, std::vector<NamedAccount>, std::less<>> by_first_word_;
    std::map<std::string, std::set<Uuid>, std::less<>> by_domain_;
    std::map<std::string, std::vector<KnownContact>, std::less<>> by_email_;
    std::map<std::pair<Uuid, std::string>, std::vector<Uuid>> by_person_;
    std::map<std::string, Uuid, std::less<>> by_key_;
};

/// `anna@example.com` → `example.com`, in lower case; empty if it is no address.
std::string domain_of_email(std::string_view email);
/// `https://www.example.com/about` → `example.com`.
std::string domain_of_website(std::string_view website);

}  // namespace debrief::core::intake
