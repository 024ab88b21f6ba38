#include "bot/rehearsal/better_line.hpp"

#include "bot/dialogue/words.hpp"
#include "bot/rehearsal/scenario.hpp"
#include "bot/rehearsal/texts.hpp"

namespace debrief::bot::rehearsal {
namespace {

struct Turns {
    std::string_view contingency;
    std::string_view en, de;  ///< After the fact.
};
/// What is asked of them next, by what has happened.
constexpr Turns turns[]{
    {"budget_cut",
     "Does that go away with the budget? If not, tell me which part of it you feel first, and I bring only that on "
     "Friday.",
     "Geht das mit dem Budget weg? Wenn nicht, sagen Sie mir, welchen Teil davon Sie zuerst spüren, und ich bringe am "
     "Freitag nur den."},
    {"new_boss",
     "Does the new one see it the same way? Let us ask before Friday, and I bring nothing but that question.",
     "Sieht es die neue Leitung auch so? Fragen wir sie bis Freitag, und ich bringe nur diese Frage mit."},
    {"rival_offer",
     "What would you have to see from either of us for that to be settled? I send you a list on Friday, with their "
     "strong points too.",
     "Was müssten Sie von jedem von uns sehen, damit das geklärt ist? Ich schicke Ihnen bis Freitag eine Liste, auch "
     "mit deren Stärken."},
    {"wait_a_year",
     "How often would that come up in the year we wait? Let us count it for one month, from Monday, and then decide.",
     "Wie oft käme das in dem Jahr vor, das wir warten? Zählen wir es ab Montag einen Monat lang, und dann entscheiden "
     "Sie."},
    {"bad_reference",
     "I do not know all of what happened there. I ask them what became of that very point, and tell you by Friday, the "
     "bad part too.",
     "Was dort geschah, weiß ich nicht in allem. Ich frage genau danach und sage es Ihnen bis Freitag, auch das "
     "Schlechte."},
    {"security_incident",
     "What must go on working with you if ours stands still? I bring whoever can answer that on Friday, with what we "
     "do not know.",
     "Was muss bei Ihnen weiterlaufen, wenn bei uns alles steht? Am Freitag bringe ich mit, wer das beantworten kann, "
     "auch was wir nicht wissen."},
    {"personal_risk",
     "What would have to be on paper so that it does not end up with you? Let us write that down on Friday, before "
     "anything else.",
     "Was müsste auf Papier stehen, damit es nicht an Ihnen hängen bleibt? Schreiben wir das am Freitag auf, vor allem "
     "anderen."},
    {"own_concern",
     "I have no full answer to that yet. What would you have to see to be easy about it? I find out by Friday.",
     "Darauf habe ich noch keine ganze Antwort. Was müssten Sie sehen, um beruhigt zu sein? Ich kläre es bis Freitag."},
};

}  // namespace

std::string better_line(const Conversation& conversation, const World& world, const Ask& ask) {
    const std::string contingency = contingency_of(ask.question);
    const std::string_view language = conversation.language;
    std::string_view after;
    for (const Turns& turn : turns) {
        if (turn.contingency == contingency) after = language == "de" ? turn.de : turn.en;
    }
    const auto facts = facts_for(conversation, world, ask);
    std::string before;
    if (facts.empty()) {
        before = say(Text::better_none, language, {{"account", conversation.account.name}});
        // What follows speaks of a fact that is not there.
        after = language == "de"
                    ? "Was würde das für Sie ändern, und für wen bei Ihnen zuerst? Ich komme am Freitag darauf zurück."
                    : "What would it change for you, and for whom of yours first? I come back to it on Friday.";
    } else {
        std::string fact = clipped(trimmed(facts.front()->text), 300);
        while (!fact.empty() && fact.back() == '.') fact.pop_back();
        const auto& who = facts.front()->person;
        const bool own = who && conversation.contact && who->id == *conversation.contact;
        before = own ? say(Text::better_fact, language, {{"fact", fact}})
                 : who && !who->name.empty()
                     ? say(Text::better_others, language, {{"person", who->name}, {"fact", fact}})
                     : say(Text::better_noted, language, {{"fact", fact}});
    }
    return before + " " + std::string(after);
}

}  // namespace debrief::bot::rehearsal
