/** How tall the page's content is. */

/** Calls `report` with the content's height now and whenever it changes. */
export function reportHeight(report: (height: number) => void): void {
  let last = -1;
  const measure = (): void => {
    const height = contentHeight();
    if (height === last) return;
    last = height;
    report(height);
  };
  const sizes = new ResizeObserver(measure);
  const watch = (): void => {
    sizes.disconnect();
    for (const element of [document.documentElement, document.body, ...document.body.children]) sizes.observe(element);
    measure();
  };
  const start = (): void => {
    new MutationObserver(watch).observe(document.body, { childList: true });
    watch();
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
}

/** The lowest edge of what is in the flow of the page: the page itself may be set to 100% of the frame, and open menus must not stretch the frame. */
function contentHeight(): number {
  const body = getComputedStyle(document.body);
  const edges = [...document.body.children].map((child) => {
    const style = getComputedStyle(child);
    const inFlow = style.position !== 'absolute' && style.position !== 'fixed' && style.display !== 'none';
    return inFlow ? child.getBoundingClientRect().bottom + window.scrollY + parseFloat(style.marginBottom) : 0;
  });
  return Math.ceil(Math.max(0, ...edges) + parseFloat(body.paddingBottom) + parseFloat(body.marginBottom));
}
