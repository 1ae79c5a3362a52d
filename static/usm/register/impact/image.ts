/** A picture of the page as a file: its shapes with the colours that they have just now, since a file knows no design tokens. */

const STYLES = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'opacity',
  'visibility',
];

/** The drawing as it looks, without what only the page needs. */
export function drawingOf(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [shown, copied] = [
    [svg, ...svg.querySelectorAll('*')],
    [copy, ...copy.querySelectorAll('*')],
  ];
  shown.forEach((element, index) => {
    const looks = getComputedStyle(element);
    const target = copied[index];
    if (!target) return;
    target.removeAttribute('class');
    target.removeAttribute('style');
    for (const name of STYLES) target.setAttribute(name, looks.getPropertyValue(name));
  });
  const { width, height } = svg.viewBox.baseVal;
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', String(width));
  ground.setAttribute('height', String(height));
  ground.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  copy.prepend(ground);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  return new XMLSerializer().serializeToString(copy);
}

export function saveBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

export const saveSvg = (name: string, svg: SVGSVGElement): void => saveBlob(`${name}.svg`, new Blob([drawingOf(svg)], { type: 'image/svg+xml' }));

/** Twice as fine as on the page. */
const FINE = 2;

export async function savePng(name: string, svg: SVGSVGElement): Promise<void> {
  const { width, height } = svg.viewBox.baseVal;
  const image = new Image();
  // An address of data: the policy of the page allows those for pictures.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawingOf(svg))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * FINE;
  canvas.height = height * FINE;
  const drawn = canvas.getContext('2d');
  if (!drawn) throw new Error('This browser draws no pictures.');
  drawn.scale(FINE, FINE);
  drawn.drawImage(image, 0, 0);
  await saveCanvas(name, canvas);
}

export async function saveCanvas(name: string, canvas: HTMLCanvasElement): Promise<void> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (!blob) throw new Error('The picture could not be kept.');
  saveBlob(`${name}.png`, blob);
}
