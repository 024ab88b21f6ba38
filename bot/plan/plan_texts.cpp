#include "bot/plan/plan_texts.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "bot/playbook/wording_rules.hpp"
#include "core/result.hpp"

namespace debrief::bot {
namespace {

struct Pair {
    std::string_view en, de;
};
struct Line {
    PlanText which;
    Pair words;
};
using enum PlanText;

constexpr Line lines[]{
    {ask_unknown,
     {"One thing is still open for us: “{fact}”. Who could tell us more?",
      "Eines ist für uns noch offen: „{fact}“. Wer könnte uns mehr sagen?"}},
    {ask_stale, {"On {date} we heard: “{fact}”. Is that still so?", "Am {date} hörten wir: „{fact}“. Gilt das noch?"}},
    {ask_stale_plainly, {"What has changed since {date} in {topic}?", "Was hat sich seit {date} geändert: {topic}?"}},
    {ask_contradicted,
     {"We have heard “{fact}” and also “{other}”. Which of it holds today?",
      "Wir hörten „{fact}“ und auch „{other}“. Was davon gilt heute?"}},
    {ask_contradicted_plainly,
     {"We have heard different things about {topic}. How is it today?",
      "Wir hörten Verschiedenes darüber, {topic}. Wie ist es heute?"}},
    {ask_disagreement,
     {"What would have to be true for you to stand behind this change?",
      "Was müsste gelten, damit Sie hinter dieser Veränderung stehen?"}},
    {because_missing, {"Nothing is known yet about {topic}.", "Noch nichts bekannt ist darüber, {topic}."}},
    {because_dont_know, {"Open since {date}: “{fact}”", "Offen seit {date}: „{fact}“"}},
    {because_vague,
     {"All we have about {topic} is “{fact}”, which says too little.",
      "Darüber, {topic}, haben wir nur „{fact}“; das sagt zu wenig."}},
    {because_stale, {"Last heard on {date}: “{fact}”", "Zuletzt gehört am {date}: „{fact}“"}},
    {because_contradicted,
     {"Two facts do not fit together: “{fact}” and “{other}”",
      "Zwei Aussagen passen nicht zusammen: „{fact}“ und „{other}“"}},
    {because_disagreement,
     {"{person} wants the change, {other} does not.", "{person} will die Veränderung, {other} nicht."}},
    {objective_open, {"Find out what {account} wants to reach.", "Herausfinden, was {account} erreichen will."}},
    {hard_concern,
     {"“{fact}”: why should I put my name to this?", "„{fact}“: Warum sollte ich meinen Namen dafür hergeben?"}},
    {hard_fear,
     {"“{fact}”: what happens to me if this goes wrong?", "„{fact}“: Was wird aus mir, wenn es schiefgeht?"}},
    {hard_process,
     {"“{fact}”: how would we ever get this decided?", "„{fact}“: Wie sollten wir das je entschieden bekommen?"}},
    {hard_money, {"“{fact}”: what would we have to give up for it?", "„{fact}“: Worauf müssten wir dafür verzichten?"}},
    {hard_wish, {"“{fact}”: why should we do this at all?", "„{fact}“: Warum sollten wir das überhaupt tun?"}},
    {hard_skeptic,
     {"Why should I believe that this works for us?", "Warum sollte ich glauben, dass das bei uns geht?"}},
    {hard_skeptic_second,
     {"Where has this gone wrong for somebody like us?", "Wo ist das bei jemandem wie uns schiefgegangen?"}},
    {hard_skeptic_third, {"What would make you tell us to leave it?", "Wann würden Sie uns selbst davon abraten?"}},
    {hard_blocker, {"What do I lose if this goes ahead?", "Was verliere ich, wenn es dazu kommt?"}},
    {hard_blocker_second,
     {"Who asked for this, and why was I not asked?", "Wer wollte das, und warum wurde ich nicht gefragt?"}},
    {hard_nothing,
     {"We have managed so far. What if we wait another year?",
      "Bisher ging es auch so. Was, wenn wir noch ein Jahr warten?"}},
    {hard_option,
     {"Why should we not do this instead: “{fact}”?", "Warum sollten wir nicht lieber dies tun: „{fact}“?"}},
    {finding_gap,
     {"The plan does not ask about {topic}, and nothing is known of it.",
      "Der Plan fragt nicht danach, {topic}, und bekannt ist nichts."}},
    {finding_seller, {"This sentence is about us: “{fact}”", "Dieser Satz handelt von uns: „{fact}“"}},
    {finding_little_focus,
     {"Only {n} per cent of the plan is about the customer.", "Nur {n} Prozent des Plans handeln vom Kunden."}},
    {finding_no_objective,
     {"What {account} wants from this meeting is not known.",
      "Was {account} von diesem Treffen will, ist nicht bekannt."}},
    {finding_nobody,
     {"No person of {account} is known whom to ask.", "Niemand von {account} ist bekannt, den man fragen könnte."}},
    {finding_no_date, {"A promise of theirs has no day: “{fact}”", "Eine Zusage von ihnen hat keinen Tag: „{fact}“"}},
    {page_title, {"Call plan: {account}", "Gesprächsplan: {account}"}},
    {page_objective, {"What they want", "Was sie wollen"}},
    {page_questions, {"What we want to learn", "Was wir erfahren wollen"}},
    {page_promises, {"Their promises that are due", "Ihre fälligen Zusagen"}},
    {page_hard, {"Hard questions to expect", "Schwierige Fragen, die kommen können"}},
    {page_findings, {"Findings", "Befunde"}},
    {page_to, {"to {person}", "an {person}"}},
    {page_by, {"by {date}", "bis {date}"}},
    {page_from, {"from {person}", "von {person}"}},
    {page_answer, {"Our answer", "Unsere Antwort"}},
    {page_overdue, {"overdue", "überfällig"}},
    {page_focus, {"{n} per cent of this plan is about the customer.", "{n} Prozent dieses Plans handeln vom Kunden."}},
};

constexpr std::array<Pair, core::dimension_names.size()> open_questions{{
    {"What makes it impossible for you to stay as you are?", "Was macht es unmöglich, dass bei Ihnen alles so bleibt?"},
    {"If nothing changes for a year, what do you expect to happen, and to whom?",
     "Wenn sich ein Jahr lang nichts ändert, was erwarten Sie, und wen trifft es?"},
    {"Where do you want to be a year from now, and how will you measure it?",
     "Wo wollen Sie in einem Jahr stehen, und woran messen Sie es?"},
    {"How will you come to a decision, step by step, and who has to agree?",
     "Wie kommen Sie zu einer Entscheidung, Schritt für Schritt, und wer muss zustimmen?"},
    {"Who else has to live with the result, and what matters to each of them?",
     "Wer muss sonst mit dem Ergebnis leben, und was ist jedem davon wichtig?"},
    {"What would make this a wrong choice for you?", "Was würde dies für Sie zu einer falschen Wahl machen?"},
    {"What else could you do, including leaving everything as it is?",
     "Was könnten Sie sonst tun, auch alles so lassen?"},
    {"What will be your own next step, and what would make it easier?",
     "Was ist Ihr eigener nächster Schritt, und was machte ihn leichter?"},
    {"Which date in your calendar matters for this, and what happens on it?",
     "Welcher Termin in Ihrem Kalender zählt dafür, und was geschieht dann?"},
    {"What have we not asked that we should have?", "Was haben wir nicht gefragt, das wir hätten fragen sollen?"},
}};

std::string_view in(const Pair& words, std::string_view language) {
    return language == "de" ? words.de : words.en;
}

bool is_cut_off(char c) {
    return c == '.' || c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '"' || c == ',' || c == ';' ||
           c == ':' || c == '!';
}

}  // namespace

std::string_view plan_text(PlanText which, std::string_view language) {
    const auto* const line =
        std::find_if(std::begin(lines), std::end(lines), [&](const Line& one) { return one.which == which; });
    DEBRIEF_CHECK(line != std::end(lines));
    return in(line->words, language);
}

std::string_view open_question(core::Dimension dimension, std::string_view language) {
    return in(open_questions[static_cast<std::size_t>(dimension)], language);
}

std::string fill(std::string_view text, Marks marks) {
    std::string out;
    while (!text.empty()) {
        const auto* const mark =
            std::find_if(marks.begin(), marks.end(), [&](const auto& one) { return text.starts_with(one.first); });
        out += mark == marks.end() ? text.substr(0, 1) : mark->second;
        text.remove_prefix(mark == marks.end() ? 1 : mark->first.size());
    }
    return out;
}

std::string clipped(std::string_view text, std::size_t words_max) {
    while (!text.empty() && is_cut_off(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_cut_off(text.back())) text.remove_suffix(1);
    std::string out;
    std::size_t words = 0;
    while (!text.empty()) {
        if (words == words_max) return out + "…";
        const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
        if (!out.empty()) out += ' ';
        out += text.substr(0, end);
        if (count_words(text.substr(0, end)) > 0) ++words;
        text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n", end), text.size()));
    }
    return out;
}

std::string fill_question(std::string_view text, Marks marks) {
    const bool two = text.find("{other}") != std::string_view::npos;
    std::string made;
    for (std::size_t budget = question_words_max; budget > 0; --budget) {
        std::vector<std::string> kept;
        kept.reserve(marks.size());
        std::string filled{text};
        for (const auto& [mark, value] : marks) {
            const bool quote = mark == "{fact}" || mark == "{other}";
            kept.push_back(quote ? clipped(value, two ? (budget + 1) / 2 : budget) : std::string{value});
            if (const auto at = filled.find(mark); at != std::string::npos)
                filled.replace(at, mark.size(), kept.back());
        }
        made = std::move(filled);
        if (count_words(made) <= question_words_max) break;
    }
    return made;
}

}  // namespace debrief::bot
