import { html, type Markup } from './html.ts';
import { px } from './svg.ts';

/**
 * How a party looks in every drawing: a colour by class (`s0` to `s5`), a shape and a dash, so that no drawing needs its colour. Colours after Okabe and Ito
 * (2008), darkened until they hold 3:1 against the page.
 */
const SHAPES: readonly ((x: number, y: number, r: number) => string)[] = [
  (x, y, r) => `M${px(x - r)} ${px(y)}a${px(r)} ${px(r)} 0 1 0 ${px(2 * r)} 0a${px(r)} ${px(r)} 0 1 0 ${px(-2 * r)} 0z`,
  (x, y, r) => `M${px(x - r * 0.9)} ${px(y - r * 0.9)}h${px(1.8 * r)}v${px(1.8 * r)}h${px(-1.8 * r)}z`,
  (x, y, r) => `M${px(x)} ${px(y - 1.15 * r)}l${px(1.1 * r)} ${px(2 * r)}h${px(-2.2 * r)}z`,
  (x, y, r) =>
    `M${px(x)} ${px(y - 1.25 * r)}l${px(1.25 * r)} ${px(1.25 * r)}l${px(-1.25 * r)} ${px(1.25 * r)}l${px(-1.25 * r)} ${px(-1.25 * r)}z`,
  (x, y, r) => `M${px(x)} ${px(y + 1.15 * r)}l${px(1.1 * r)} ${px(-2 * r)}h${px(-2.2 * r)}z`,
  (x, y, r) =>
    `M${px(x - 0.35 * r)} ${px(y - r)}h${px(0.7 * r)}v${px(0.65 * r)}h${px(0.65 * r)}v${px(0.7 * r)}h${px(-0.65 * r)}v${px(0.65 * r)}h${px(-0.7 * r)}v${px(-0.65 * r)}h${px(-0.65 * r)}v${px(-0.7 * r)}h${px(0.65 * r)}z`,
];

/** The path of a party's shape around a point; seats beyond the sixth begin again. */
export const shapeAt = (seat: number, x: number, y: number, r: number): string => SHAPES[seat % SHAPES.length](x, y, r);

export const seatClass = (seat: number): string => `s${seat % SHAPES.length}`;

/** A party's shape in running text and tables: drawn by the style sheet, unseen by screen readers. */
export const badge = (seat: number): Markup => html`<i class="m m${seat < 0 ? 'x' : seat % SHAPES.length}"></i>`;

/** A five-pointed star: the agreement. */
export function star(x: number, y: number, r: number): string {
  // sines and cosines of multiples of 36 degrees, so that no transcendental function decides a pixel
  const unit: readonly (readonly [number, number])[] = [
    [0, -1],
    [0.588, -0.809],
    [0.951, -0.309],
    [0.951, 0.309],
    [0.588, 0.809],
    [0, 1],
    [-0.588, 0.809],
    [-0.951, 0.309],
    [-0.951, -0.309],
    [-0.588, -0.809],
  ];
  return `${unit.map(([a, b], i) => `${i === 0 ? 'M' : 'L'}${px(x + a * r * (i % 2 ? 0.45 : 1))} ${px(y + b * r * (i % 2 ? 0.45 : 1))}`).join('')}z`;
}

export const cross = (x: number, y: number, r: number): string =>
  `M${px(x - r)} ${px(y - r)}l${px(2 * r)} ${px(2 * r)}M${px(x - r)} ${px(y + r)}l${px(2 * r)} ${px(-2 * r)}`;
