/** The size of a picture in pixels and its length. */
export type SceneFrame = { width: number; height: number; seconds: number };

/** Draws a scene as an ffmpeg filter graph without inputs; its picture leaves it as `[picture]`. */
export type Scene = (frame: SceneFrame) => string;

/** A colour as `rrggbb`. */
type Colour = string;

/** Frames per second of every scene. */
export const sceneRate = 24;

const channels = (colour: Colour) => [0, 2, 4].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/** Draws once and holds the picture: expressions per pixel are far too slow for every frame. */
const still = ({ width, height, filters }: { width: number; height: number; filters: string }) =>
  `color=c=black:s=${width}x${height}:r=${sceneRate}:d=${1 / sceneRate},${filters},loop=-1:1,setpts=N/${sceneRate}/TB`;

/** A sky that runs through its colours from top to bottom, as an expression for each channel. */
const sky = ({ width, height, colours }: { width: number; height: number; colours: readonly Colour[] }) => {
  const steps = colours.length - 1;
  const ramp = (channel: number) => {
    const value = (index: number) => channels(colours[Math.min(index, steps)] ?? "000000")[channel] ?? 0;
    // From the last piece to the first: each `if` decides for the rows above its lower edge.
    return Array.from({ length: steps }, (_, index) => steps - 1 - index).reduce((rest, index) => {
      const piece = `${value(index)}+(${value(index + 1) - value(index)})*(${steps}*Y/H-${index})`;
      return rest === "" ? piece : `if(lt(${steps}*Y/H,${index + 1}),${piece},${rest})`;
    }, "");
  };
  const [r, g, b] = [0, 1, 2].map(ramp);
  return still({ width, height, filters: `format=gbrp,geq=r='${r}':g='${g}':b='${b}',format=yuv420p` });
};

/** One colour seen through a mask; `alpha` is an expression of X and Y between 0 and 1. */
const cutOut = (shape: { width: number; height: number; colour: Colour; alpha: string }) => {
  const [r, g, b] = channels(shape.colour);
  const filters = `format=gbrap,geq=r=${r}:g=${g}:b=${b}:a='255*clip(${shape.alpha},0,1)',format=yuva420p`;
  return still({ ...shape, filters });
};

/** A disc with a soft light around it. */
const sun = ({ radius, colour }: { radius: number; colour: Colour }) => {
  const size = Math.round(radius * 4) * 2;
  const far = `hypot(X-${size / 2},Y-${size / 2})`;
  const glow = `0.34*pow(clip(1-(${far}-${radius})/${radius * 2.8},0,1),2)`;
  return cutOut({ width: size, height: size, colour, alpha: `max(${radius}-${far},${glow})` });
};

/** A mountain ridge that joins its own other end, so that it can move past for ever. */
const ridge = (shape: { width: number; height: number; colour: Colour; top: number; rough: number; seed: number }) => {
  const waves = [1, 3, 5, 11, 23].map(
    (wave, index) =>
      `${[1, 0.55, 0.4, 0.2, 0.08][index]}*sin(2*PI*${wave}*X/W+${(shape.seed * (index + 1)).toFixed(2)})`,
  );
  return cutOut({ ...shape, alpha: `Y-H*(${shape.top}-${shape.rough}*(${waves.join("+")}))` });
};

/** A row of houses of many heights, some windows of which are lit when `window` is a colour. */
const houses = (shape: { width: number; height: number; colour: Colour; top: number; house: number; seed: number }) => {
  const number = `floor(X/${shape.house})`;
  const random = (text: string) => `abs(mod(sin(${text}*12.9898+${shape.seed}*78.233)*437.5453,1))`;
  return cutOut({ ...shape, alpha: `Y-H*(${shape.top}-0.26*${random(number)})` });
};

/** Lays layers over the first one. A layer's `over` is the option text of ffmpeg's `overlay`. */
const stack = ({ ground, layers, seconds }: { ground: string; layers: readonly Layer[]; seconds: number }) => {
  const parts = [`${ground}[ground]`, ...layers.map(({ graph }, index) => `${graph}[layer${index}]`)];
  const joins = layers.map(({ over }, index) => {
    const below = index === 0 ? "ground" : `stack${index - 1}`;
    return `[${below}][layer${index}]overlay=${over}[stack${index}]`;
  });
  const last = `[stack${layers.length - 1}]trim=duration=${seconds},format=yuv420p[picture]`;
  return [...parts, ...joins, last].join(";");
};
type Layer = { graph: string; over: string };

/** Colours of a landscape, the ridges from far to near. */
export type Palette = { sky: readonly Colour[]; sun: Colour; ridges: readonly Colour[] };

/** Mountains that drift past in front of a sun or moon that moves from `from` to `to` (shares of the height). */
export const mountains =
  (look: { palette: Palette; seed: number; sunX: number; from: number; to: number }): Scene =>
  ({ width, height, seconds }) => {
    const radius = Math.round(Math.min(width, height) * 0.13);
    const fall = `H*${look.from}+H*${(look.to - look.from).toFixed(3)}*t/${seconds}-h/2`;
    const ridges = look.palette.ridges.map((colour, index) => ({
      graph: `${ridge({ width, height, colour, top: 0.56 + index * 0.12, rough: 0.042, seed: look.seed + index * 2.1 })},scroll=h=${(0.0003 * 2 ** index).toFixed(5)}`,
      over: "0:0",
    }));
    return stack({
      ground: sky({ width, height, colours: look.palette.sky }),
      layers: [
        { graph: sun({ radius, colour: look.palette.sun }), over: `x=W*${look.sunX}-w/2:y='${fall}'` },
        ...ridges,
      ],
      seconds,
    });
  };

/** A skyline in two rows before the evening sky. */
export const skyline =
  (look: { palette: Palette; seed: number; sunX: number; from: number; to: number }): Scene =>
  ({ width, height, seconds }) => {
    const radius = Math.round(Math.min(width, height) * 0.12);
    const fall = `H*${look.from}+H*${(look.to - look.from).toFixed(3)}*t/${seconds}-h/2`;
    const rows = look.palette.ridges.map((colour, index) => ({
      // A whole number of houses goes into the width, so that the row joins its other end.
      graph: `${houses({ width, height, colour, top: 0.66 + index * 0.13, house: width / (26 - index * 6), seed: look.seed + index })},scroll=h=${(0.0003 * 2 ** index).toFixed(5)}`,
      over: "0:0",
    }));
    return stack({
      ground: sky({ width, height, colours: look.palette.sky }),
      layers: [{ graph: sun({ radius, colour: look.palette.sun }), over: `x=W*${look.sunX}-w/2:y='${fall}'` }, ...rows],
      seconds,
    });
  };

/** Curtains of light: computed small and enlarged, which is what makes them soft. */
export const aurora =
  ({ hue }: { hue: number }): Scene =>
  ({ width, height, seconds }) => {
    const [w, h] = width > height ? [96, 54] : [54, 96];
    const wave = "sin(X/W*7+T*0.5+1.6*sin(Y/H*3+T*0.4))+0.6*sin(X/W*17-T*0.7+2*sin(Y/H*2-T*0.3))";
    const light = `pow(clip(0.5+0.33*(${wave}),0,1),2)*pow(sin(PI*clip(Y/H*1.15,0,1)),1.4)`;
    const graph = `color=c=black:s=${w}x${h}:r=${sceneRate}:d=${seconds},format=gbrp,geq=r='10+70*${light}*(1-Y/H)*2':g='14+215*${light}':b='34+120*${light}*(0.4+Y/H)',hue=h=${hue}`;
    return `${graph},scale=${width}:${height}:flags=bicubic,format=yuv420p[picture]`;
  };

/** A low sun over water, whose light breaks on the waves. */
export const water =
  ({ palette }: { palette: Palette }): Scene =>
  ({ width, height, seconds }) => {
    const [w, seaHeight] = [Math.round(width / 24) * 2, Math.round(height * 0.21) * 2];
    const radius = Math.round(height * 0.11);
    const [sea, light] = [channels(palette.ridges[0] ?? "204050"), channels(palette.sun)];
    // Rows farther down are nearer: their waves are longer and move faster.
    const depth = "(0.03+Y/H)";
    const broken = `pow(clip(0.5+0.5*sin((X/W-0.5)*9/${depth}+T*1.3+4*sin(Y/H*38/(0.4+Y/H)-T*2.2)),0,1),3)`;
    const path = `exp(-pow((X/W-0.5)/(0.05+0.16*Y/H),2))`;
    const share = `(st(0,${broken})*0+clip(${path}*(0.25+0.9*ld(0))+0.07*ld(0)*(1-Y/H),0,1))`;
    const channel = (at: number) => `${sea[at] ?? 0}*(1-0.45*Y/H)+(${light[at] ?? 0}-${sea[at] ?? 0})*${share}`;
    const seaGraph = `color=c=black:s=${w}x${Math.round(seaHeight / 12) * 2}:r=${sceneRate}:d=${seconds},format=gbrp,geq=r='${channel(0)}':g='${channel(1)}':b='${channel(2)}',scale=${width}:${seaHeight}:flags=bicubic,format=yuv420p`;
    return stack({
      ground: sky({ width, height, colours: palette.sky }),
      layers: [
        { graph: sun({ radius, colour: palette.sun }), over: `x=(W-w)/2:y='H*0.47+H*0.05*t/${seconds}-h/2'` },
        { graph: seaGraph, over: "0:H-h" },
      ],
      seconds,
    });
  };

/** Mould that spreads over dark ground: a cellular automaton, enlarged with its cells. */
export const mould =
  ({ dead, alive, seed }: { dead: Colour; alive: Colour; seed: number }): Scene =>
  ({ width, height, seconds }) =>
    `life=s=${width / 4}x${height / 4}:r=${sceneRate}:mold=14:ratio=0.09:seed=${seed}:death_color=0x${dead}:life_color=0x${alive}:mold_color=0x14100c,trim=duration=${seconds},tmix=frames=4,scale=${width}:${height}:flags=bicubic,format=yuv420p[picture]`;

/** Broad colours that turn into one another. */
export const drift =
  ({ colours }: { colours: readonly Colour[] }): Scene =>
  ({ width, height, seconds }) => {
    const list = colours.map((colour, index) => `c${index}=0x${colour}`).join(":");
    return `gradients=s=${width / 4}x${height / 4}:r=${sceneRate}:d=${seconds}:n=${colours.length}:${list}:type=radial:seed=7:speed=0.012,format=gbrp,gblur=sigma=9,scale=${width}:${height}:flags=bicubic,format=yuv420p[picture]`;
  };
