#include "core/import/contacts_import.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "core/catalogue/scope.hpp"
#include "core/import/address_book.hpp"
#include "core/import/sheet.hpp"
#include "core/import/text.hpp"
#include "core/import/writer.hpp"

namespace debrief::core::intake {
namespace {

struct Columns {
    Sheet::Column name, first, last, account, role, email, phone, key;
};

Result<Columns> columns_of(const Sheet& sheet) {
    Columns columns{
        .name = sheet.column({"name", "full name", "contact name", "contact"}),
        .first = sheet.column({"first name", "given name", "firstname"}),
        .last = sheet.column({"last name", "family name", "surname", "lastname"}),
        .account = sheet.column({"account", "account name", "company", "company name", "associated company",
                                 "organization", "organisation", "organization name", "organization 1 - name"}),
        .role = sheet.column({"role", "title", "job title", "position"}),
        .email = sheet.column({"email", "e-mail", "email address", "e-mail address", "e-mail 1 - value"}),
        .phone = sheet.column({"phone", "phone number", "telephone", "business phone", "phone 1 - value"}),
        .key = sheet.column({"contact id", "record id", "id", "external id"}),
    };
    if ((!columns.name && !columns.last) || !columns.account) {
        return Error{Errc::invalid,
                     sheet.name() + " has no column for " + (columns.account ? "the name." : "the account."),
                     sheet.name(), "Needed are: name (or first name and last name) and account (or company)."};
    }
    return columns;
}

class ContactsImport {
public:
    ContactsImport(Store& store, const ImportOptions& options, AddressBook book)
        : store_{store}, book_{std::move(book)}, pulse_{options}, writer_{store, options, pulse_, report_, 0} {}

    void expect(std::string_view text) {
        writer_.expect(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
    }

    Status read(const std::string& file, std::string_view text) {
        Sheet sheet{file, text, findings_, &pulse_};
        DEBRIEF_TRY(sheet.open());
        const auto columns = columns_of(sheet);
        if (!columns) return columns.error();
        while (sheet.next()) DEBRIEF_TRY(read_row(sheet, *columns));
        return pulse_.status();
    }

    /// Learns who was deleted here; before the first `read`.
    Status look_up() {
        auto keys = deleted_by(store_, "contact", "external_key");
        if (!keys) return keys.error();
        auto names = deleted_by(store_, "contact", "name");
        if (!names) return names.error();
        deleted_keys_ = std::move(*keys);
        deleted_names_ = std::move(*names);
        return Ok{};
    }

    Result<ImportReport> finish() {
        DEBRIEF_TRY(writer_.finish());
        for (RejectedRow& row : writer_.refused()) findings_.reject(row.file, row.line, std::move(row.reason));
        for (std::size_t i = 0; i < writer_.kept_here(); ++i) findings_.note("kept_here", {}, 0);
        findings_.explain("kept_here",
                          "Field that was changed here after an earlier import: what stands here was kept.");
        findings_.explain("deleted_here", "Contact that was deleted here: stays deleted.");
        findings_.report_to(report_);
        return std::move(report_);
    }

private:
    Status read_row(Sheet& sheet, const Columns& columns) {
        std::string name = sheet.cell(columns.name);
        if (name.empty()) name = trimmed(sheet.cell(columns.first) + " " + sheet.cell(columns.last));
        const std::string account_name = sheet.cell(columns.account);
        const std::string email = sheet.cell(columns.email);
        if (name.empty()) return refuse(sheet, "no name");
        if (account_name.empty()) return refuse(sheet, "no account");
        const auto accounts = book_.accounts_named(account_name);
        if (accounts.empty()) return refuse(sheet, "there is no account called " + account_name + " here");
        if (accounts.size() > 1) {
            return refuse(sheet, std::to_string(accounts.size()) + " accounts are called " + account_name);
        }
        const Uuid& account = accounts.front();

        const std::string id_cell = sheet.cell(columns.key);
        const std::string key = id_cell.empty() ? std::string{} : "contacts-csv:" + id_cell;
        const auto known = find(account, name, email, key);
        if (known && seen_.contains(*known)) {
            return refuse(sheet, name + " stands in line " + std::to_string(seen_[*known]) + " too");
        }
        if (!known) {
            const auto gone = was_deleted(account, name, key);
            if (!gone) return gone.error();
            if (*gone) {
                findings_.note("deleted_here", sheet.name(), sheet.line());
                return writer_.pass();
            }
        }
        const Uuid id = known ? *known : store_.new_id();
        seen_.emplace(id, sheet.line());
        new_people_.emplace(std::pair{account, squashed(name) + "\n" + lower(email)}, id);

        FieldMap fields{{"name", name}, {"confirmed", true}};
        if (!known) fields.emplace("account", account);
        // An empty cell says nothing; it does not take away what is known here.
        if (auto role = sheet.cell(columns.role); !role.empty()) fields.emplace("role", std::move(role));
        if (!email.empty()) fields.emplace("email", email);
        if (auto phone = sheet.cell(columns.phone); !phone.empty()) fields.emplace("phone", std::move(phone));
        if (!key.empty()) fields.emplace("external_key", key);
        const bool exists = known && !new_ids_.contains(id);
        if (!exists) new_ids_.insert(id);
        return writer_.put({{"contact", id, std::move(fields), {}}, exists, Wins::news, sheet.name(), sheet.line()});
    }

    std::optional<Uuid> find(const Uuid& account, const std::string& name, const std::string& email,
                             const std::string& key) {
        if (const auto found = new_people_.find({account, squashed(name) + "\n" + lower(email)});
            found != new_people_.end()) {
            return found->second;
        }
        if (!key.empty()) {
            if (const auto id = book_.contact_with_key(key)) return id;
        }
        if (!email.empty()) {
            std::vector<Uuid> there;
            for (const KnownContact& contact : book_.contacts_with_email(email)) {
                if (contact.account == account) there.push_back(contact.id);
            }
            if (there.size() == 1) return there.front();
        }
        const auto namesakes = book_.contacts_named(account, name);
        return namesakes.size() == 1 ? std::optional{namesakes.front()} : std::nullopt;
    }

    /// Whether somebody with this key, or of this name in this account, was deleted here.
    Result<bool> was_deleted(const Uuid& account, const std::string& name, const std::string& key) {
        if (!key.empty() && deleted_keys_.contains(key)) return true;
        const auto namesakes = deleted_names_.find(name);
        if (namesakes == deleted_names_.end()) return false;
        for (const Uuid& id : namesakes->second) {
            const auto place = store_.place(id);
            if (!place) return place.error();
            if (*place && (*place)->scope == account_scope(account)) return true;
        }
        return false;
    }

    Status refuse(Sheet& sheet, std::string reason) {
        sheet.reject(std::move(reason));
        return writer_.pass();
    }

    Store& store_;
    AddressBook book_;
    ImportReport report_;
    Findings findings_;
    Pulse pulse_;
    Writer writer_;
    DeletedIndex deleted_keys_, deleted_names_;
    std::map<Uuid, std::size_t> seen_;  // Contact → line.
    std::map<std::pair<Uuid, std::string>, Uuid> new_people_;
    std::set<Uuid> new_ids_;
};

}  // namespace

Result<ImportReport> import_contacts(Store& store, const ImportFiles& files, const ImportOptions& options) {
    if (files.empty()) return Error{Errc::invalid, "There is no file to import.", "path", {}};
    auto book = AddressBook::read(store);
    if (!book) return book.error();
    ContactsImport import{store, options, std::move(*book)};
    DEBRIEF_TRY(import.look_up());
    for (const auto& [file, text] : files) import.expect(text);
    for (const auto& [file, text] : files) DEBRIEF_TRY(import.read(file, text));
    return import.finish();
}

}  // namespace debrief::core::intake
