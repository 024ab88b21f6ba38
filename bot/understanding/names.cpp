#include "bot/understanding/names.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace debrief::bot::understanding {
namespace {

constexpr std::string_view female =
    "abigail ada adele adriana agnes aisha alexandra alice alicia alina alison amanda amelia amina amy ana anastasia "
    "andrea angela anita anja anke ann anna anne annette anouk antonia anya asha astrid audrey ayesha barbara beata "
    "beatrice beatriz "
    "becky bella beth betty bianca birgit bonnie brenda bridget brigitte camila camille carla carmen carol carolina "
    "caroline catarina catherine cathy cecilia celia charlotte chiara chloe christiane christina christine claire "
    "clara claudia colette "
    "connie cristina cynthia dagmar daniela daphne deborah debbie deepa denise diana diane dolores donna dora doris "
    "dorothy edith eileen elaine eleanor elena eliza elizabeth ella ellen elsa elke emilia emily emma erica erika erin "
    "esther eva evelyn "
    "faith fatima fatou felicity fiona florence frances francesca franziska freya gabriela gabriele gail gemma georgia "
    "geraldine gertrud gina gisela gloria grace greta gudrun gwen hana hanna hannah harriet hazel heather heidi helen "
    "helena helga henrietta hilda "
    "hope ida imogen ines ingrid irene iris irma isabel isabella isla ivana ivy jacqueline jade jana jane janet janice "
    "jasmine jean jeanette jennifer jenny jessica jill jo joan joanna johanna josephine joy joyce judith judy julia "
    "julie juliet "
    "justine jutta karen karin karina kate katharina katherine kathleen kathryn kathy katie katja katrin kavita kelly "
    "kerry kim kirsten kirsty klara lara larissa laura lauren laurence lea leah leila lena leonie leslie leticia liane "
    "lillian lily linda lisa liv livia liz lola "
    "lorna lorraine louise lucia lucy luisa lydia lynn madeleine magdalena maggie mandy manuela mara margaret "
    "margarete margherita margot maria mariam mariana marie marina marion marjorie marlene marta martha martina mary "
    "mathilde maud maureen mei melanie melissa mercedes mia "
    "michaela michelle mina miranda miriam moira mona monica monika nadia nadine nancy naomi natalia natalie natasha "
    "nicola nicole nina nisha noor nora odile olga olivia ophelia paloma pamela pat patricia paula pauline penelope "
    "penny petra philippa pia polly priya "
    "rachel ramona raquel rebecca regina renata renate rhona rita roberta rosa rosalind rose rosemary roxana rukmini "
    "ruth sabine sabrina sally samantha sandra sara sarah saskia selma shauna sheila shirley shreya sibylle silke "
    "silvia simone sinead sofia solveig sonia sonja sophia sophie "
    "stefanie stella stephanie sue susan susanna susanne suzanne svenja svetlana swati sylvia sylvie tamara tanja "
    "tanya tara tatiana teresa tess thandi thea theresa tina tracy trudy una ursula ute valentina valerie vanessa vera "
    "veronica victoria viola violet virginia vivian "
    "wanda wendy wilma xenia yasmin yoko yolanda yvette yvonne zara zelda zoe zofia zuzana aoife niamh siobhan ama "
    "efua akua abena ngozi chioma adaeze ifeoma lerato nomsa zanele naledi sunita lakshmi meera anjali divya pooja "
    "rina yuki sakura hiroko ling xiu mai linh thuy hoa malin sigrid karla katarina jelena milena mirjana vesna ivanka "
    "dina rania hala maha";
constexpr std::string_view male =
    "aaron abdul abel abraham adam adrian ahmed aidan alan albert alberto aldo alec alejandro alessandro alex "
    "alexander alexei alfonso alfred ali allan alois amir amit anand anders andre andreas andrei andrew andy angelo "
    "angus anil anton antonio archie ari armando arne arnold arthur "
    "arturo arun asif axel barry bart bastian ben benedict benjamin bernard bernd bert bill bjorn blake bo bob bobby "
    "boris brad brandon brendan brett brian bruce bruno bryan byron callum cameron carl carlo carlos carsten cedric "
    "chad charles charlie chris christian christoph christopher "
    "clarence claude claus clemens clifford clive clyde colin conor conrad craig curtis cyril damian damien dan daniel "
    "danny dario darren dave david dean dennis derek detlef diego dieter dietmar dimitri dirk dmitri dmitry dominic "
    "dominik don donald dougal douglas duncan dustin dylan earl eddie edgar "
    "eduard eduardo edward edwin egon elias elliot emil emilio emmanuel enrico eric erich erik ernest ernst ervin "
    "ethan eugene evan fabian fabio farid felipe felix ferdinand fergus fernando filip finn florian francis francisco "
    "franco francois frank franz fred freddie frederic frederick friedrich fritz gabriel "
    "gareth garry gary gavin geoff geoffrey georg george gerald gerard gerd gerhard giacomo gilbert giles giorgio "
    "giovanni giuseppe glen glenn gordon graham grant greg gregor gregory guido guillaume gunnar gunther gus gustav "
    "guy hakan hamish hank hannes hans harald harold harry hartmut harvey hassan hector heiko heinrich "
    "heinz helmut hendrik henri henrik henry herbert herman holger horst howard hubert hugh hugo humphrey ian ibrahim "
    "igor ilya imran ingo isaac ismail ivan ivo jack jackson jacob jacques jaime jake jakob james jamie jan janek "
    "jared jason javier jay jeff jeffrey jens jeremy jeroen jerome jerry jesse jesus jim jimmy joachim joao joel joe "
    "joey johan johann johannes john johnny jon jonas jonathan jordan jorg jorge jose josef joseph josh joshua juan "
    "julian julien jurgen justin kai kamal karim karl karsten kaspar keith ken kenneth kenny kevin khalid kieran kiran "
    "klaus knut konrad konstantin kurt kyle lachlan lars laurent lawrence lee leif leo leon leonard leonardo leopold "
    "leroy lewis liam linus "
    "lloyd logan lorenz lorenzo louis luc luca lucas ludwig luigi luis lukas luke magnus malcolm manfred manuel marc "
    "marcel marco marcos marcus marek mario marius mark markus martin marvin mason mathias matt matteo matthew "
    "matthias maurice max maximilian mehmet melvin michael michel miguel mike mikhail milan milo mirko mitchell mo "
    "mohamed mohammed morris moritz morten mustafa "
    "murray nasser nathan neil nelson nicholas nick nico nicolas niels nigel nikhil niklas nikola nikolai nils noah "
    "noel norbert norman olaf ole oleg oliver olivier omar oscar oskar osman ossi otto owen pablo paddy paolo pascal "
    "patrick paul pavel pedro percy perry peter phil philip philipp phillip pierre piet pieter pietro piotr pradeep "
    "prakash quentin quinn rafael rahul rainer raj rajesh "
    "ralf ralph ramon randy raphael rashid raul ravi ray raymond reginald reinhard reinhold rene reto rex rhys ricardo "
    "richard rick ricky rob robert roberto robin rod roderick rodney rodrigo roger roland rolf roman ron ronald rory "
    "ross roy rudi rudolf rufus rupert russell ryan salvador salvatore sam samir samuel sandeep sanjay santiago saul "
    "scott sean sebastian sergei sergio seth shane shaun sid siegfried silvio "
    "simon sorin spencer stan stanley stefan stefano stephan stephen steve steven stewart stuart sunil sven sylvester "
    "tariq ted terence terry theo theodor theodore thomas thorsten tim timo timothy tobias toby todd tom tomas tomasz "
    "tommy tony torsten travis trevor tristan tyler udo ulf ulrich umberto urs uwe vadim valentin victor vijay vikram "
    "viktor vince vincent vito vladimir volker wade walt walter warren wayne werner wesley "
    "wilfred wilhelm will william willy wim winston wolfgang xavier yannick yann yorick yosef yuri yusuf zach zachary "
    "zoltan kwame kofi kwabena yaw kojo femi emeka chidi tunde sipho thabo bongani lwazi hiroshi kenji takashi wei jun "
    "ming tuan minh duc jarek zbigniew wojciech krzysztof pawel jakub miroslav branko goran zoran dragan bogdan mihai "
    "eamon declan cormac eoin niall ruairi oisin cathal hamza bilal tarek samuele teun joost maarten ruben sander bram "
    "gijs henk jaap kees sjoerd";

// One row for each name with its short forms.
constexpr std::string_view short_forms =
    "william bill billy will willy liam wim|robert bob bobby rob robbie bert|richard rick ricky dick rich richie|james "
    "jim jimmy jamie jem|john jack johnny jon|michael mike mick mickey mikey|thomas tom tommy|edward ed eddie ted ned "
    "teddy|"
    "charles charlie chuck chas|christopher chris kit topher|christine chris chrissie tina christina kirsten|elizabeth "
    "liz lizzie beth betty betsy eliza lisa libby bess elisabeth|katherine kate katie kathy cathy kat kitty catherine "
    "kathryn katharina kay katja|margaret maggie meg peggy marge margie greta rita|"
    "joseph joe joey jo|daniel dan danny|david dave davy|andrew andy drew|anthony tony antony|antonio tony "
    "toni|alexander alex al sandy xander sasha lex|alexandra alex sandra sandy sasha lexi|samuel sam sammy|samantha "
    "sam sammy|benjamin ben benny benji|nicholas nick nico nicky nicolas klaus|"
    "stephen steve stevie steven|steven steve|stefan steve|matthew matt matty|timothy tim timmy|gregory greg|kenneth "
    "ken kenny|ronald ron ronnie|donald don donnie|raymond ray|lawrence larry laurie laurence|frederick fred freddie "
    "freddy fritz|frank francis franky|francesca fran frankie|frances fran fanny|francis frank|"
    "jonathan jon jonny|philip phil pip phillip|peter pete|patrick pat paddy rick|patricia pat patty trish "
    "tricia|jennifer jen jenny jenn|jessica jess jessie|rebecca becky becca bex|deborah deb debbie debra|susan sue "
    "susie suzie suzanne|barbara barb babs barbie|victoria vicky vic tori|dorothy dot dottie dolly|"
    "theodore ted theo teddy|theresa terry tess tessa teresa|gerald gerry jerry|jeremy jerry jem|jerome jerry|geoffrey "
    "geoff jeff|jeffrey jeff geoff|leonard len lenny leo|leonardo leo|walter walt wally|albert al bert bertie|alfred "
    "alf fred alfie|arthur art artie|harold harry hal|henry harry hank hal|eugene gene|"
    "abigail abby gail|amanda mandy|angela angie|caroline carrie caro carol|cynthia cindy|eleanor ellie nell nora "
    "ella|emily em emmy|gabriel gabe|gabriela gabi gaby|isabella bella izzy isa|isabel izzy bella isa|jacqueline "
    "jackie|josephine jo josie|judith judy jude|kimberly kim|madeleine maddie|martha marty patty|melissa mel lissa|"
    "melanie mel|michelle shelly mich|nancy nan|natalie nat|natalia natasha tasha nat|pamela pam|penelope "
    "penny|philippa pippa pip|rosemary rose rosie|sarah sally sadie|sara sally|stephanie steph stef|veronica ronnie "
    "vera|vincent vince vinnie|virginia ginny|wendy wen|zachary zach zack|joshua josh|nathaniel nate nat nathan|"
    "nathan nate|dominic dom nick|edmund ed ned|edwin ed|eduardo ed edu|mohammed mo mohamed muhammad|mohamed mo "
    "mohammed|maximilian max|maxwell max|maxine max|oliver ollie|olivia liv livvy|russell russ|sebastian seb "
    "bastian|sidney sid|stanley stan|terence terry|trevor trev|bernard bernie bern|bradley brad|cameron cam|"
    "clifford cliff|curtis curt|douglas doug|duncan dunc|ernest ernie|fernando nando|gilbert gil|graham gray|herbert "
    "herb bert|hubert hugh bert|isaac ike|jacob jake jakob|johannes hannes jo hans johan|joachim jo achim|katarina kat "
    "katja|konstantin kosta|magdalena magda lena|maria mia mary|martin marty|mitchell mitch|"
    "norbert bert|pieter piet|rafael rafa rafe|reginald reg reggie|roderick rod|rodney rod|rudolf rudi|salvatore sal "
    "turi|solomon sol|valerie val|valentina val tina|wilfred wilf|helena lena helen|helen nell ellie|elena "
    "lena|angelina lina|karolina lina|priyanka priya|rajesh raj|sanjay sanj|vikram vik|aleksandra ola|katarzyna "
    "kasia|margarethe grete|"
    "wolfgang wolf|friedrich fritz fred|heinrich heinz heiner|georg schorsch|sophia sophie|sofia sophie|thandiwe "
    "thandi|emmanuel manny|emanuel manny|manuel manny|ignatius iggy|augustus gus|angus gus|gustav gus|hamish "
    "jamie|malcolm mal|alistair al|alan al|susanne susi|ursula uschi|barbara babsi|clara klara";

constexpr std::string_view words_too =
    "mark will bill grace hope faith joy rose may june april august art frank pat sue gene rich grant drew dean chase "
    "max guy jack bob rob don jean penny violet ivy iris lily jade ruby amber dawn eve ray rod dick chuck norm earl "
    "duke king page price young long small brown white black green fox marsh hale tate reid banks "
    "stone wood hill field park lane ford cook baker sage summer autumn christian miles pierce peg marshall parker "
    "gray cash carol merry bo guy lance victor jo see art jay robin martin fall mo an van lee so do no la le you ha";
constexpr std::string_view titles =
    "mr mrs ms miss mx dr doctor prof professor sir madam captain capt herr frau father sister colonel major judge san "
    "sensei kun sama hanim bey maam saab ji signora signor senhor senhora madame monsieur";
constexpr std::string_view roles =
    "boss owner ceo cfo coo cto cio ciso cmo cpo cro chro md gm vp svp evp chairman chairwoman chairperson chair "
    "president vice-president director manager head lead leader chief controller comptroller accountant bookkeeper "
    "treasurer buyer purchaser lawyer counsel solicitor attorney consultant adviser advisor "
    "auditor inspector engineer foreman forewoman supervisor superintendent captain assistant secretary deputy "
    "predecessor successor husband wife son daughter brother sister nephew niece cousin father mother uncle aunt dad "
    "mum mom grandfather mayor minister principal headmaster headmistress headteacher "
    "chef pharmacist matron midwife developer architect officer founder co-founder investor landlord steward spokesman "
    "spokeswoman spokesperson dean professor planner dispatcher electrician contractor mechanic technician "
    "harbourmaster harbormaster warden bursar caretaker receptionist trainee intern specialist "
    "coordinator co-ordinator analyst administrator admin programmer scientist chemist brewer winemaker blender "
    "distiller grower farmer forester skipper curator librarian archivist editor producer merchandiser designer dpo "
    "hr-director ombudsman commissioner councillor clerk-of-works "
    "procurement-lead strategist gatekeeper representative delegate trustee governor shareholder stakeholder executive "
    "provost vicar rector abbot partner colleague expert broker agent operator foreperson marshal sheriff commander "
    "sergeant physicist surgeon nurse physiotherapist therapist veterinarian vet "
    "storeman storekeeper warehouseman groundsman gardener housekeeper concierge bailiff registrar proprietor patron "
    "heir heiress widow co-owner co-director headhunter predecessor's sponsor mentor chairlady chancellor master "
    "captain shepherd conductor pilot skipper butcher florist sexton brother-in-law sister-in-law father-in-law "
    "mother-in-law son-in-law daughter-in-law stepson stepfather godfather co-founder member investor headmistress "
    "surveyor councilor publisher nephew grandson granddaughter priest pastor cook bishop carpenter plumber solicitor "
    "convenor steward paralegal estimator scheduler janitor porter usher dietitian midwife radiologist anaesthetist "
    "technologist adjuster underwriter actuary undertaker ranger harbormaster alderman superior clerk banker judge "
    "volunteer publican "
    "man woman lady chap fella boy rep";
constexpr std::string_view adjectives =
    "new old current former future own other next previous late young good big real actual whole same first second "
    "main senior junior local retired acting interim only very last outgoing incoming departing external internal "
    "long-time nice friendly ex responsible powerful key german french british dutch swiss american";
constexpr std::string_view capital_words =
    "english german french spanish dutch italian swiss british american european chinese japanese polish germany "
    "france spain italy switzerland austria netherlands belgium poland england scotland wales ireland britain uk usa "
    "us eu europe asia africa america china japan india london paris berlin munich hamburg zurich geneva vienna madrid "
    "barcelona lyon milan rome brussels amsterdam rotterdam dublin edinburgh glasgow manchester birmingham leeds "
    "bristol boston chicago dallas denver seattle atlanta houston york it hr qa rd erp crm sap excel pdf csv api gdpr "
    "iso hse rfp rfq rfi roi tco kpi ot mes wms tms lims scada plc usb vpn saas cloud ai ml sql aws azure "
    "google microsoft teams zoom outlook sharepoint powerpoint word linkedin whatsapp email ok eod eoq eom eoy asap "
    "fyi btw po sow nda msa sla ceo cfo coo cto cio md gm vp gm i internet brexit covid";

using Words = std::unordered_set<std::string_view>;
Words words_of(std::string_view list) {
    Words made;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(' '), list.size());
        if (end > 0) made.insert(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return made;
}

const Words& female_names() {
    static const Words w = words_of(female);
    return w;
}
const Words& male_names() {
    static const Words w = words_of(male);
    return w;
}

const std::unordered_map<std::string_view, std::vector<std::size_t>>& rows_of_names() {
    static const auto made = [] {
        std::unordered_map<std::string_view, std::vector<std::size_t>> rows;
        std::string_view list = short_forms;
        for (std::size_t row = 0; !list.empty(); ++row) {
            const std::size_t end = std::min(list.find('|'), list.size());
            for (const std::string_view w : words_of(list.substr(0, end))) rows[w].push_back(row);
            list.remove_prefix(std::min(end + 1, list.size()));
        }
        return rows;
    }();
    return made;
}

}  // namespace

bool is_first_name(std::string_view folded) {
    return female_names().contains(folded) || male_names().contains(folded) || rows_of_names().contains(folded);
}

Gender gender_of(std::string_view folded) {
    const bool f = female_names().contains(folded), m = male_names().contains(folded);
    if (f == m) return Gender::unknown;
    return f ? Gender::female : Gender::male;
}

bool same_first_name(std::string_view a, std::string_view b) {
    if (a == b) return true;
    const auto& rows = rows_of_names();
    const auto x = rows.find(a), y = rows.find(b);
    if (x == rows.end() || y == rows.end()) return false;
    return std::any_of(x->second.begin(), x->second.end(), [&](std::size_t row) {
        return std::find(y->second.begin(), y->second.end(), row) != y->second.end();
    });
}

bool is_title(std::string_view folded) {
    static const Words w = words_of(titles);
    return w.contains(folded);
}
Gender gender_of_title(std::string_view folded) {
    if (folded == "mr" || folded == "sir" || folded == "herr" || folded == "father") return Gender::male;
    if (folded == "mrs" || folded == "ms" || folded == "miss" || folded == "madam" || folded == "frau" ||
        folded == "sister")
        return Gender::female;
    return Gender::unknown;
}
bool is_word_too(std::string_view folded) {
    static const Words w = words_of(words_too);
    return w.contains(folded);
}
bool is_role_word(std::string_view folded) {
    static const Words w = words_of(roles);
    return w.contains(folded);
}
bool is_plain_adjective(std::string_view folded) {
    static const Words w = words_of(adjectives);
    return w.contains(folded);
}
bool is_capital_word(std::string_view folded) {
    static const Words w = words_of(capital_words);
    return w.contains(folded);
}

}  // namespace debrief::bot::understanding
