import type { Play } from './play';

export interface Scenario {
  id: string;
  title: string;
  play(play: Play): Promise<void>;
}
