// The first three hundred entries of zxcvbn's list that are long enough for a password, so that most rejections show during typing. The API
// has the whole list.
const words =
  'password 12345678 123456789 baseball football qwertyuiop 1234567890 superman 1qaz2wsx trustno1 sunshine iloveyou computer starwars ' +
  'princess 11111111 corvette 1234qwer internet samantha q1w2e3r4t5 maverick whatever mercedes steelers qwer1234 q1w2e3r4 midnight ' +
  'marlboro password1 1q2w3e4r cocacola jordan23 asdfasdf 12344321 liverpoo qwerty123 passw0rd abcd1234 slipknot scorpion startrek ' +
  'asdfghjkl redskins qazwsxedc liverpool dolphins qwertyui metallic mountain elephant rush2112 1q2w3e4r5t creative garfield asdfghjk ' +
  '1qazxsw2 airborne brooklyn godzilla 4815162342 darkness blink182 platinum 01012011 11223344 lifehack 12qwaszx snowball nintendo ' +
  'pakistan redwings explorer guinness lasvegas 789456123 christin asdf1234 babygirl michigan carolina alexande minecraft metallica ' +
  'snickers paradise 147258369 lacrosse bollocks poohbear qweasdzxc einstein drowssap spitfire maryjane champion svetlana westside ' +
  'security zaq12wsx 123456789a 1232323q scarface qwerty12 stargate 12345qwert semperfi scotland cherokee simpsons michael1 vladimir ' +
  'infinity bulldogs 1234554321 budlight softball fktrcfylh kawasaki wildcats logitech swordfis alexandr motorola patriots colorado ' +
  'juventus freeuser warcraft wolverin elizabet valentin password123 spiderma hello123 ncc1701d pearljam 123qweasd predator charlie1 ' +
  'panthers peekaboo rolltide cardinal chevelle fyfcnfcbz loverboy 123654789 changeme electric darkside wolfpack hercules letmein1 ' +
  '741852963 spiderman blizzard 123456789q cheyenne cjkysirj 147852369 a1b2c3d4 airplane billybob chocolat stingray firebird zeppelin ' +
  'tarheels greenday 01011980 engineer hellfire serenity fireball darkstar 1029384756 mustang1 pavilion 01012000 bobafett dbrnjhbz ' +
  'welcome1 swimming defender precious icecream swordfish presario rockstar airforce thailand bluebird goldfish wrangler cadillac ' +
  'longhorn qazwsx123 microsoft christia 123qweasdzxc atlantis lonewolf software srinivas valentina veronika babydoll devildog ' +
  'soso123aljg mistress freedom1 montreal wolfgang basketba hotstuff 31415926 stephani jessica1 shamrock deftones renegade blahblah ' +
  'enterpri 1234abcd babylon5 sweetpea trfnthbyf yankees1 aardvark marathon cavalier manchester buckeyes 01011990 diamonds ' +
  '1qaz2wsx3edc highland drpepper 12345678910 sherlock thuglife morpheus consumer adgjmptw barcelona overlord sundance ultimate ' +
  'ncc1701e matthew1 geronimo 123qwe123 aleksandr portugal superfly q1w2e3r4t5y6 wrinkle1 seminole alejandr 11235813 concrete ' +
  'access14 letmein2 christop trombone rhbcnbyf qazxswedc cdtnkfyf stallion kingkong mongoose bluemoon a1234567 immortal 123454321 ' +
  'anthony1 dietcoke hollywoo 14789632 bonehead ghbdtnbr charlott hongkong william1 1123581321 sebastia werewolf lollipop eternity ' +
  'super123 cooldude tottenha stocking makaveli satan666 verbatim blackcat raistlin qwerty12345';

let common: ReadonlySet<string> | undefined;

/** Whether a password is among the first guesses, ignoring case. */
export function isCommon(password: string): boolean {
  common ??= new Set(words.split(' '));
  return common.has(password.normalize('NFKC').toLowerCase());
}
