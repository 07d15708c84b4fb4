/** A video of the relevance set: how it is called, tagged and described, and what is said in it. */
export type RelevantVideo = {
  title: string;
  description?: string;
  tags?: string[];
  chapters?: string[];
  lines?: [number, string][];
};

/** Videos that have words in common, so that finding one means ranking it. */
export const relevantVideos: Record<string, RelevantVideo> = {
  borscht: {
    title: "Справжній полтавський борщ",
    tags: ["рецепти", "обід"],
    description: "Варимо борщ із пампушками.",
  },
  greenBorscht: { title: "Зелений борщ зі щавлем", tags: ["рецепти"], description: "Легкий суп на весну." },
  varenyky: { title: "Вареники з картоплею за бабусиним рецептом", tags: ["обід"] },
  carpathians: {
    title: "Похід у Карпати: три дні на Чорногорі",
    tags: ["гори", "подорожі"],
    description: "Піднімаємося на Говерлу, ночуємо в наметах.",
    lines: [
      [30, "Виходимо з Ворохти на світанку"],
      [300, "Знайшли воду біля старої полонини"],
    ],
  },
  lviv: {
    title: "Вихідні у Львові",
    tags: ["подорожі", "міста"],
    description: "Кав'ярні, площа Ринок і дахи старого міста.",
  },
  kyiv: { title: "Прогулянка нічним Києвом", tags: ["міста"], description: "Поділ, Хрещатик, набережна Дніпра." },
  train: { title: "Нічний потяг Київ — Ужгород", tags: ["залізниця"], description: "Як спиться в новому вагоні." },
  guitar: { title: "Урок гітари для початківців", chapters: ["Налаштування струн", "Перші акорди"], tags: ["музика"] },
  concert: { title: "Живий концерт у філармонії", tags: ["музика"], description: "Симфонічний оркестр грає Лисенка." },
  programming: {
    title: "Програмування мовою Python з нуля",
    tags: ["навчання", "python"],
    lines: [
      [12, "Сьогодні ми встановимо інтерпретатор"],
      [480, "Рекурсія викликає саму себе"],
    ],
  },
  physics: {
    title: "Фізика для допитливих",
    lines: [
      [60, "Чому небо блакитне"],
      [200, "Розсіювання світла залежить від довжини хвилі"],
    ],
  },
  garden: { title: "Що садити на городі у квітні", tags: ["сад"], description: "Розсада, помідори, полуниця." },
  bicycle: { title: "Ремонт велосипеда власноруч", chapters: ["Заміна ланцюга", "Гальма"], tags: ["поради"] },
  kitten: { title: "Кошеня вперше бачить сніг", tags: ["тварини"] },
  dogTraining: { title: "Як навчити собаку команд", tags: ["тварини", "поради"] },
  history: {
    title: "Історія козацтва за двадцять хвилин",
    tags: ["навчання"],
    description: "Від Січі до Гетьманщини.",
  },
  sourdough: {
    title: "Sourdough bread for absolute beginners",
    tags: ["baking"],
    description: "Flour, water, salt and patience.",
  },
  pasta: { title: "Fresh pasta without a machine", tags: ["cooking"], description: "Two eggs, flour, a rolling pin." },
  camera: {
    title: "How to choose your first camera",
    tags: ["photography"],
    description: "Lenses, sensors and budgets.",
  },
  portrait: { title: "Portrait photography with natural light", tags: ["photography"] },
  running: { title: "Running your first marathon", tags: ["sport"], description: "A training plan for sixteen weeks." },
  yoga: { title: "Morning yoga stretches", tags: ["sport", "health"] },
  rust: {
    title: "Memory safety in Rust explained",
    tags: ["programming"],
    lines: [[95, "The borrow checker is your friend"]],
  },
  database: {
    title: "Indexing databases the right way",
    tags: ["programming"],
    lines: [[240, "A covering index answers without touching the table"]],
  },
  telescope: {
    title: "Building a telescope at home",
    tags: ["science"],
    description: "Grinding a mirror in the kitchen.",
  },
  volcano: { title: "Inside an active volcano", tags: ["science", "travel"], description: "Iceland's newest crater." },
  kayak: {
    title: "Kayaking Norwegian fjords",
    tags: ["travel"],
    description: "Seven days, four fjords, one leaking boat.",
  },
  chess: { title: "Chess openings every beginner should know", tags: ["games"] },
  wifi: { title: "Fixing slow Wi-Fi", tags: ["how-to"], description: "Routers, channels and walls." },
};

/** Queries and the video that should come first. */
export const relevantQueries: readonly [string, string][] = [
  // the words themselves
  ["полтавський борщ", "borscht"],
  ["зелений борщ", "greenBorscht"],
  ["нічний потяг", "train"],
  ["sourdough bread", "sourdough"],
  ["first camera", "camera"],
  ["chess openings", "chess"],
  ["natural light portrait", "portrait"],
  ["active volcano", "volcano"],
  // other forms
  ["полтавські борщі", "borscht"],
  ["зелені борщі", "greenBorscht"],
  ["борщ щавель", "greenBorscht"],
  ["вареник картопля", "varenyky"],
  ["походи Карпатами", "carpathians"],
  ["гора намет", "carpathians"],
  ["Львів вихідний", "lviv"],
  ["кав'ярня Львова", "lviv"],
  ["нічний Київ прогулянки", "kyiv"],
  ["набережні Дніпро", "kyiv"],
  ["потяги Ужгород", "train"],
  ["уроки гітара", "guitar"],
  ["концерти філармонія", "concert"],
  ["симфонічні оркестри", "concert"],
  ["програмуванню мовою", "programming"],
  ["велосипеди ремонтом", "bicycle"],
  ["навчити собак командам", "dogTraining"],
  ["кошенята сніг", "kitten"],
  ["історії козацтво", "history"],
  ["город квітень", "garden"],
  ["полуниці помідор", "garden"],
  ["choosing cameras", "camera"],
  ["photographing portraits", "portrait"],
  ["runs marathons", "running"],
  ["stretch mornings", "yoga"],
  ["database index", "database"],
  ["build telescopes", "telescope"],
  ["fjord kayak", "kayak"],
  ["beginners chess opening", "chess"],
  ["pastas machines", "pasta"],
  // typos
  ["полтавскьий борщ", "borscht"],
  ["варенкии", "varenyky"],
  ["карпатти", "carpathians"],
  ["уріок гітари", "guitar"],
  ["програмуваня", "programming"],
  ["велосипда", "bicycle"],
  ["козацства", "history"],
  ["sourdogh", "sourdough"],
  ["fotography portrait", "portrait"],
  ["marathn", "running"],
  ["telescpoe", "telescope"],
  ["volcanoo", "volcano"],
  ["kayakking", "kayak"],
  // the beginning of a word
  ["карпа", "carpathians"],
  ["вело", "bicycle"],
  ["фізи", "physics"],
  ["teles", "telescope"],
  ["chess open", "chess"],
  // what is said
  ["чому небо блакитне", "physics"],
  ["розсіювання світло", "physics"],
  ["рекурсія", "programming"],
  ["borrow checker", "rust"],
  ["covering index", "database"],
  ["вода полонина", "carpathians"],
  // tags, chapters, descriptions
  ["baking", "sourdough"],
  ["залізниця", "train"],
  ["заміна ланцюг", "bicycle"],
  ["перший акорд", "guitar"],
  ["Говерла", "carpathians"],
  ["grinding mirrors", "telescope"],
  ["wifi slow", "wifi"],
  ["wi-fi", "wifi"],
  // the other alphabet
  ["poltavskyi borshch", "borscht"],
  ["varenyky", "varenyky"],
  ["karpaty", "carpathians"],
  ["марафон", "running"],
  // one word of several does not fit
  ["борщ щавель кокос", "greenBorscht"],
  ["marathon plan unicorn", "running"],
];
