import { expect, type Page } from '@playwright/test';
import { datasetBytes } from '../../support/same-dataset.ts';
import type { SyntheticFile } from '../../support/synthetic-study.ts';
import { parseDataset, numberOf } from '../../../electron/dataset/index.ts';
import { viewport } from './screens.ts';

/** Grey levels by which rounding may differ. */
const tolerance = 3;

/**
 * A sample may lie half a canvas pixel beside the image pixel's centre, a tenth of the way to its
 * neighbour here, and values are scaled smoothly before the window cuts them off.
 */
const towardsNeighbour = 0.1;

/**
 * Expects the canvas to show, at the centre of each pixel of the image, that pixel through the window
 * that the viewport says it uses (the linear function of PS3.3 §C.11.2.1.2).
 */
export async function canvasAgrees(page: Page, files: readonly SyntheticFile[]): Promise<void> {
  const uid = await viewport(page).getAttribute('data-sop-instance-uid');
  const file = files.find(({ sopInstanceUid }) => sopInstanceUid === uid);
  if (file === undefined) throw new Error(`the viewport shows ${uid}, which is not of the set`);
  const { rows, columns, levels } = await expectedLevels(page, file);
  const shown = await levelsAtCentres(page, rows, columns);
  const allowed = (at: number): number => tolerance + towardsNeighbour * steepest(levels, at, columns);
  const wrong = levels.filter((level, at) => Math.abs(grey(level) - shown[at]!) > allowed(at)).length;

  // Something must be in the picture, or black would agree with black.
  expect(Math.max(...shown) - Math.min(...shown)).toBeGreaterThan(50);
  expect(wrong).toBe(0);
}

function grey(level: number): number {
  return Math.round(Math.min(255, Math.max(0, level)));
}

/** The largest difference to one of the eight neighbours. */
function steepest(levels: readonly number[], at: number, columns: number): number {
  const around = [-columns - 1, -columns, -columns + 1, -1, 1, columns - 1, columns, columns + 1];
  return Math.max(...around.map((step) => Math.abs((levels[at + step] ?? levels[at]!) - levels[at]!)));
}

/** Levels before the window cuts them off at black and white. */
async function expectedLevels(page: Page, { path, transferSyntaxUid }: SyntheticFile) {
  const attributes = parseDataset(await datasetBytes(path), transferSyntaxUid);
  const number = (keyword: string, fallback: number): number => numberOf(attributes, keyword) ?? fallback;
  const rows = number('Rows', 0);
  const columns = number('Columns', 0);
  const bytes = attributes.get('7FE00010')?.value ?? new Uint8Array();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const signed = number('PixelRepresentation', 0) === 1;
  const center = Number(await viewport(page).getAttribute('data-window-center'));
  const width = Number(await viewport(page).getAttribute('data-window-width'));
  const levels = Array.from({ length: rows * columns }, (_, at) => {
    const stored = signed ? view.getInt16(at * 2, true) : view.getUint16(at * 2, true);
    const value = stored * number('RescaleSlope', 1) + number('RescaleIntercept', 0);
    return ((value - (center - 0.5)) / (width - 1) + 0.5) * 255;
  });
  return { rows, columns, levels };
}

/** Reads the canvas where each pixel of an image that is fitted to it has its centre. */
async function levelsAtCentres(page: Page, rows: number, columns: number): Promise<readonly number[]> {
  return viewport(page)
    .locator('canvas')
    .first()
    .evaluate(
      (element, [height, width]) => {
        const canvas = element as HTMLCanvasElement;
        const drawing = canvas.getContext('2d');
        if (drawing === null) throw new Error('the canvas is not a 2D one');
        const { data } = drawing.getImageData(0, 0, canvas.width, canvas.height);
        const scale = Math.min(canvas.width / width!, canvas.height / height!);
        const left = (canvas.width - width! * scale) / 2;
        const top = (canvas.height - height! * scale) / 2;
        return Array.from({ length: height! * width! }, (_, at) => {
          const x = Math.floor(left + ((at % width!) + 0.5) * scale);
          const y = Math.floor(top + (Math.floor(at / width!) + 0.5) * scale);
          return data[(y * canvas.width + x) * 4]!;
        });
      },
      [rows, columns],
    );
}
