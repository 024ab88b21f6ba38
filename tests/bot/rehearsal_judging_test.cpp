// What an answer is worth, held against answers that people labelled.
#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <string>

#include <catch2/catch.hpp>

#include "bot/encoder/encoder.hpp"
#include "bot/rehearsal/judging.hpp"
#include "bot/rehearsal/own_words.hpp"

using namespace debrief::bot;
using namespace debrief::bot::rehearsal;

namespace {

struct Labelled {
    std::string answer;
    bool focus, concrete, honest;
};

Judging brightfield(std::string_view language) {
    Judging with;
    with.language = language;
    with.account = "Brightfield Dairy";
    with.rep = "Jonas Brandt";
    with.people = {{"Sarah Chen", "COO"}, {"Miriam Hale", "head of IT"}};
    with.facts = {
        "the filling line has stopped four times since January", "every stop costs them 9000 euros in spoiled milk",
        "Sarah fears that the night shift cannot work with a new screen", "the board wants a plan by the end of May"};
    with.today = std::chrono::year{2025} / 3 / 18;
    return with;
}

// Labelled by hand, before the rules were run on them: about the customer, concrete, honest.
const std::array english{
    Labelled{"Your filling line has stopped four times since January, and each stop cost you 9000 euros.", true, true,
             true},
    Labelled{"We are the market leader and our platform is best in class.", false, false, true},
    Labelled{"I don't know. I will ask Miriam and tell you by Friday.", true, true, true},
    Labelled{"I don't know, I will find out by Friday.", true, true, true},
    Labelled{"Don't worry, our experts will take care of you.", false, false, true},
    Labelled{"Our system never fails, I guarantee that.", false, false, false},
    Labelled{"We will save you 30 percent in the first year.", false, true, false},
    Labelled{"What would your night shift lose on the first Monday with a new screen?", true, true, true},
    Labelled{"If you wait a year, that is about eight more stops at 9000 euros each, as you counted them yourselves.",
             true, true, true},
    Labelled{"We have 20 years of experience and 500 customers.", false, true, true},
    Labelled{"You are right to ask.", true, false, true},
    Labelled{"I can give you a discount of 10 percent if you sign today.", false, true, false},
    Labelled{"Your board wants a plan by the end of May. Which part of it worries you most?", true, true, true},
    Labelled{"There is absolutely no risk, all our customers love it.", false, false, false},
    Labelled{"Shall we sit down with Miriam on Thursday and count how often your shift calls the technician?", true,
             true, true},
    Labelled{"It will be fine, we will see.", false, false, true},
    Labelled{"Honestly, I do not know what happened at that customer. I will call them tomorrow and tell you what went "
             "badly.",
             true, true, true},
    Labelled{"Our product has many features, for example a dashboard, an app and reports.", false, false, true},
    Labelled{"You told me your shift has tried three screens already. What made them put those away?", true, true,
             true},
    Labelled{"Trust me, nothing can go wrong.", false, false, false},
    Labelled{"I cannot promise that. What I can do is stand beside your shift for the first two nights.", true, true,
             true},
    Labelled{"You'll be live in two weeks, everybody loves it.", false, true, false},
    Labelled{"Your people will somehow get used to it soon.", true, false, true},
    Labelled{"Sarah, your auditor comes in May. Let us write down with him what has to be in the file.", true, true,
             true},
    Labelled{"We won an award for our software last year.", false, false, true},
    Labelled{"We offer the best support on the market and a dedicated team.", false, false, true},
    Labelled{"No.", false, false, true},
    Labelled{"You would lose face in front of your board, and I would lose you. So let us agree on a way out after "
             "three weeks.",
             true, true, true},
    Labelled{"We never had a single incident, your data is completely safe.", false, false, false},
    Labelled{"Our customers save 40 percent with us.", false, true, false},
    Labelled{"Your competitor in Ulm had the same worry. May I bring Mr Berger to your plant in April?", true, true,
             true},
    Labelled{"I hear that you are worried. We take that very seriously and are very flexible.", true, false, true},
};

// Labelled by hand after the rules were written: of 72 verdicts 5 differed then, and the rules were mended for them.
const std::array later{
    Labelled{"You said the last change cost you six weeks. What would have to be different this time?", true, true,
             true},
    Labelled{
        "Your night shift has nobody to call after ten. I would like to stand there with them on the first Monday.",
        true, true, true},
    Labelled{"We are ISO certified and have offices in 30 countries.", false, true, true},
    Labelled{"Good question, I'd have to check.", false, false, true},
    Labelled{"I don't have that figure. Let me get it from our service team and send it to you on Tuesday.", true, true,
             true},
    Labelled{"With our tool you get a 360 degree view and full transparency.", false, true, true},
    Labelled{"Nobody has ever had a problem with it.", false, false, false},
    Labelled{"If you leave it as it is, your board asks again in May, and you stand there with the same four stops.",
             true, true, true},
    Labelled{"What did Miriam say when the line stopped in February?", true, true, true},
    Labelled{"Our price is fair and our quality is unmatched.", false, false, true},
    Labelled{"You need to act now, prices go up next month.", false, true, true},
    Labelled{"I understand your concern.", true, false, true},
    Labelled{"It pays for itself within six months, guaranteed.", false, true, false},
    Labelled{"You will have zero downtime with us, always.", false, false, false},
    Labelled{"Let us ask your operators on Thursday what they would miss, before either of us decides anything.", true,
             true, true},
    Labelled{"That happened to one of our customers too: Meyer in Kassel stood still for a day. Call him, I give you "
             "the number.",
             false, true, true},
    Labelled{"Fair point. Which of your people would have to live with it every day?", true, false, true},
    Labelled{"We can talk about the price, I could come down 15 percent.", false, true, false},
    Labelled{"You told Miriam the audit is on 12 May. If we start after it, nobody has to carry both.", true, true,
             true},
    Labelled{"Our roadmap is very ambitious and we invest a lot in innovation.", false, false, true},
    Labelled{
        "I do not know whether it works with three shifts. I would measure it with you for one week before you decide.",
        true, true, true},
    Labelled{"You can trust us.", false, false, true},
    Labelled{"Every stop is 9000 euros in milk that you pour away, and your people clean up until morning.", true, true,
             true},
    Labelled{"Honestly, we were late twice last year. I cannot rule it out, so put a way out into the contract for "
             "week three.",
             false, true, true}};

const std::array german{
    Labelled{"Ihre Abfüllung stand seit Januar viermal, und jedes Mal hat Sie das 9000 Euro gekostet.", true, true,
             true},
    Labelled{"Wir sind Marktführer, und unsere Plattform ist sehr flexibel.", false, false, true},
    Labelled{"Das weiß ich nicht. Ich frage Miriam und sage es Ihnen bis Freitag.", true, true, true},
    Labelled{"Wir garantieren Ihnen, dass nichts schiefgehen kann.", false, false, false},
    Labelled{"Was müsste Ihre Nachtschicht am ersten Montag sehen, damit sie ruhig arbeiten kann?", true, true, true},
    Labelled{"Keine Sorge, unsere Experten kümmern sich darum.", false, false, true},
    Labelled{"Mit uns sparen Sie 30 Prozent im ersten Jahr.", false, true, false},
    Labelled{"Ich komme Ihnen gern im Preis entgegen, wir geben 10 Prozent Rabatt.", false, true, false},
    Labelled{
        "Ihr Vorstand will bis Ende Mai einen Plan. Lassen Sie uns am Dienstag aufschreiben, was darin stehen muss.",
        true, true, true},
};

template <std::size_t N>
void compare(const std::array<Labelled, N>& answers, std::string_view language, int missed_max,
             const encoder::Encoder* encoder = nullptr) {
    Judging with = brightfield(language);
    with.encoder = encoder;
    int focus = 0, concrete = 0, honest = 0;
    for (const Labelled& one : answers) {
        const Judged got = judge(one.answer, with);
        INFO(one.answer << "\n" << got.why);
        focus += got.focus != one.focus ? 1 : 0;
        concrete += got.concrete != one.concrete ? 1 : 0;
        honest += got.honest != one.honest ? 1 : 0;
        if (got.focus != one.focus || got.concrete != one.concrete || got.honest != one.honest)
            WARN((got.focus != one.focus ? "focus " : "")
                 << (got.concrete != one.concrete ? "concrete " : "") << (got.honest != one.honest ? "honest " : "")
                 << "differs: " << one.answer << "\n"
                 << got.why);
        CHECK(got.credited == (got.focus && got.concrete && got.honest));
    }
    CHECK(focus <= missed_max);
    CHECK(concrete <= missed_max);
    CHECK(honest <= missed_max);
}

}  // namespace

TEST_CASE("verdicts agree with those of a reader", "[bot][rehearsal][judging]") {
    compare(english, "en", 2);
    compare(later, "en", 2);
    compare(german, "de", 1);
}

TEST_CASE("verdicts agree with those of a reader with the encoder too", "[bot][rehearsal][judging]") {
    std::ifstream in{DEBRIEF_ENCODER_FILE, std::ios::binary};
    const std::string file{std::istreambuf_iterator<char>{in}, {}};
    if (file.empty()) {
        WARN("SKIPPED: there is no " DEBRIEF_ENCODER_FILE "; './dev deps' fetches what it is made of");
        return;
    }
    const auto loaded = encoder::Encoder::load(debrief::core::as_bytes(file));
    REQUIRE(loaded);
    compare(english, "en", 2, &*loaded);
    compare(later, "en", 2, &*loaded);
}

TEST_CASE("a verdict says why in the rep's own words, one line for each of the three", "[bot][rehearsal][judging]") {
    const Judging with = brightfield("en");
    const Judged weak = judge("Our platform is the market leader.", with);
    CHECK(weak.why ==
          "About them: not yet; “Our platform is the market leader” is about us.\n"
          "Concrete: not yet; “market leader” can mean anything.\n"
          "Honest: yes, nothing in “Our platform is the market leader” claims more than you can keep.");
    const Judged good = judge("Your filling line stopped four times. I will ask Miriam on Friday.", with);
    CHECK(good.credited);
    CHECK(good.why.find("“Your filling line stopped four times”") != std::string::npos);
    for (const char* blame : {"wrong", "should have", "fail", "!", "mistake"}) {
        CHECK(weak.why.find(blame) == std::string::npos);
    }
}

TEST_CASE("a promise that what is stored bears out is none of our making", "[bot][rehearsal][judging]") {
    Judging with = brightfield("en");
    CHECK_FALSE(judge("You will save 12000 euros a year.", with).honest);
    with.facts.emplace_back("Sarah counted that they would save 12000 euros a year without the stops");
    CHECK(judge("You will save 12000 euros a year.", with).honest);
}

TEST_CASE("what does not know its limits is not taken for a promise", "[bot][rehearsal][judging]") {
    const Judging with = brightfield("en");
    CHECK(judge("I cannot guarantee that. If it takes longer than two weeks, you get a way out.", with).honest);
    CHECK_FALSE(judge("I guarantee that you do not lose a single batch.", with).honest);
    CHECK_FALSE(judge("If you start in May, we always deliver on time.", with).honest);
    CHECK(judge("Your line always stops on Mondays, you said.", with).honest);
    CHECK(judge("Would a discount change anything for you?", with).honest);
}

TEST_CASE("empty, odd and endless answers get a verdict too", "[bot][rehearsal][judging]") {
    const Judging with = brightfield("en");
    for (const std::string& odd : {std::string("?"), std::string("…"), std::string(60000, 'x'),
                                   std::string("\xC3\xA4 "), std::string("you you you you"), std::string("1")}) {
        const Judged got = judge(odd, with);
        CHECK(std::count(got.why.begin(), got.why.end(), '\n') == 2);
    }
}

TEST_CASE("a worry is put into the mouth of the one who has it, or not at all", "[bot][rehearsal]") {
    const std::string sarah = "Sarah Chen";
    CHECK(in_own_mouth("Sarah fears that the switch will stop her line", sarah) ==
          "I fear that the switch will stop my line");
    CHECK(in_own_mouth("She is worried about the night shift.", sarah) == "I am worried about the night shift");
    CHECK(in_own_mouth("Sarah said the switch scares their operators", sarah) == "the switch scares our operators");
    CHECK(in_own_mouth("they cannot afford another stop", sarah) == "we cannot afford another stop");
    CHECK(in_own_mouth("Afraid that cached images stay on her stations", sarah) ==
          "I am afraid that cached images stay on my stations");
    CHECK(in_own_mouth("Wants a way out", sarah) == "I want a way out");
    // Whose "his" it is, and what she does, is not to be guessed.
    CHECK_FALSE(in_own_mouth("Sarah is worried that Novak puts it off until his hub is ready", sarah));
    CHECK_FALSE(in_own_mouth("Sarah fears she loses the line", sarah));
    CHECK_FALSE(in_own_mouth("Sarah's boss hates it", sarah));
}
