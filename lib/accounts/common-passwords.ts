/**
 * Passwords of eight and more characters that head every published list of leaked ones. Shorter ones need no entry, since
 * they are refused by length. Stems: a stem alone, twice, or with up to six digits or signs behind it is refused too.
 */
const stems = `
password passw0rd passwort p@ssword p@ssw0rd pa55word pa55w0rd pass word qwerty qwertyui qwertyuiop qwertz qwertzui azerty
azertyui asdfghjk asdfghjkl asdfasdf zxcvbnm zxcvbnma qazwsx qazwsxed qazwsxedc 1qaz2wsx 1qaz2wsx3edc 1q2w3e4r 1q2w3e4r5t
1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5 zaq12wsx zaq1zaq1 zaq1xsw2 1qazxsw2 12qwaszx 123qwe 123qweasd 123qweasdzxc qwe123 qweasd
qweasdzxc asd123 abc123 abcd1234 abcdefg abcdefgh abcdefghi a1b2c3d4 a1s2d3f4 aa123456 aaa111 aaaa1111 abcabc
12345678 123456789 1234567890 12345678910 0123456789 01234567 0987654321 987654321 87654321 9876543210 11111111 111111111
1111111111 00000000 000000000 0000000000 22222222 33333333 44444444 55555555 66666666 77777777 88888888 99999999 999999999
12341234 12344321 123123123 123321123 123454321 12121212 11223344 1122334455 10203040 13131313 123456123 123456abc
123456aa 123456qwerty 147258369 159357 159753 14725836 741852963 789456123 963852741 98765432 112233 121212 123123 123321
123456 1234567 654321 666666 777777 888888 987654 999999 131313 101010 232323 420420 696969
letmein iloveyou ilovegod iloveme loveyou loveme lovely sunshine princess football baseball basketball superman batman
spiderman starwars pokemon naruto dragon monkey master welcome shadow michael jessica charlie jennifer jordan michelle
daniel ashley nicole hannah thomas robert matthew andrew joshua anthony william amanda elizabeth samantha victoria
trustno1 whatever computer internet samsung google facebook linkedin youtube twitter instagram microsoft windows apple
access freedom flower butterfly chocolate cookie cheese banana orange summer winter spring autumn monday friday sunday
january february september october november december hello helloworld secret private hunter hunter2 killer soccer hockey
tigger ginger pepper maggie buster bailey snoopy harley mustang corvette ferrari porsche mercedes yamaha honda toyota
admin administrator adminadmin root rootroot toor test testing testtest test1234 guest default changeme changeit newpass
mypassword yourpassword nopassword thepassword mypass passpass login letmein1 open opensesame welcome1 system server
temp temporary user username demo demodemo example sample kinora video videos media mediacms peertube
liverpool chelsea arsenal barcelona realmadrid manchester juventus america england canada australia germany france russia
ukraine kyiv kharkiv odessa london newyork paris moscow berlin tokyo scotland ireland brazil mexico india pakistan
blink182 metallica slipknot nirvana eminem rocknroll guitar marlboro playboy jackass fuckyou fuckoff asshole bullshit
blahblah nothing something anything forever together family mother father brother sister friend friends angel angels
jesus jesuschrist heaven blessed godisgood matrix gandalf merlin phoenix warrior wizard diamond silver golden purple
yellow green black white rainbow sweet sweety honey sugar kitty kitten puppy doggie tiger eagle eagles falcon dolphin
panther cowboys steelers yankees lakers redsox rangers packers raiders bulldog rocket thunder lightning storm
slipper nintendo playstation xbox minecraft fortnite roblox counter counterstrike warcraft starcraft diablo halflife
gfhjkm ghbdtn yfnfif rfnthbyf vfrcbv lhfrjy cjkysirj parol privet lyubov natasha marina svetlana tatiana olga
пароль привет любовь наташа марина кохання україна слава
`;

const stemSet: ReadonlySet<string> = new Set(stems.split(/\s+/).filter((word) => word !== ""));

const isOneRepeated = (text: string) => new Set(text).size <= 2;

const isRow = (text: string) => {
  const steps = new Set(
    Array.from({ length: text.length - 1 }, (_, at) => text.charCodeAt(at + 1) - text.charCodeAt(at)),
  );
  return steps.size === 1 && (steps.has(1) || steps.has(-1));
};

const withoutTail = (text: string) => text.replace(/[\d!?.#@*$_-]{1,6}$/u, "");

/** Whether attackers try this password among the first: a common word, alone, doubled or with a short tail, a row, a repetition. */
export const isCommonPassword = (password: string): boolean => {
  const text = password.normalize("NFKC").toLowerCase();
  const half = text.slice(0, text.length / 2);
  const doubled = half.length >= 3 && half + half === text;
  return (
    [text, withoutTail(text), ...(doubled ? [half] : [])].some((word) => stemSet.has(word)) ||
    isOneRepeated(text) ||
    isRow(text)
  );
};
