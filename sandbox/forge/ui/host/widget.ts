/** The site's end of @forge/dashboards-bridge: the Save button is the site's, what is saved the app decides. */
import { z } from 'zod';
import { notify } from './notify';

export const configuration = z.record(z.string(), z.json());
export type WidgetConfiguration = z.infer<typeof configuration>;

/** What a page says about a widget's frame. */
export interface WidgetPlace {
  /** Of twelve columns; the frame's size is measured. */
  layout?: { columnSpan: number };
  /** A configuration to show that is not kept. */
  preview?: WidgetConfiguration;
}

type Callback = (...args: unknown[]) => unknown;
const callback = z.custom<Callback>((value) => typeof value === 'function');

/** One setting up of a widget, from opening its form to saving or leaving it. */
export class WidgetEditor {
  private productSave: Callback | undefined;
  private saved: Callback | undefined;
  private failed: Callback | undefined;

  constructor(
    private config: WidgetConfiguration,
    /** Hears of every change, for the preview. */
    private readonly changed: (config: WidgetConfiguration) => void,
  ) {}

  /** What the frame gets. */
  readonly api = {
    onProductSave: (given: unknown): void => void (this.productSave = callback.parse(given)),
    onSave: (given: unknown): void => void (this.saved = callback.parse(given)),
    onSaveError: (given: unknown): void => void (this.failed = callback.parse(given)),
    updateConfig: (given: unknown): void => {
      this.config = configuration.parse(given);
      this.changed(this.config);
    },
  };

  /** Saves by `keep` what the app answers to onProductSave; without an answer nothing is kept. Throws, and tells the app, when that fails. */
  async save(widgetId: string, keep: (config: WidgetConfiguration) => Promise<unknown>): Promise<void> {
    try {
      const answer = configuration.nullish().parse(await this.productSave?.(this.config));
      if (answer) await keep(answer);
      await this.saved?.(this.config, widgetId);
    } catch (error) {
      notify(this.failed, error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  }
}
