/** Names of time zones to choose from while one is typed. */
import { useState } from 'react';

export const ZONES = 'time-zones';

export function TimeZones() {
  const [zones] = useState(() => Intl.supportedValuesOf('timeZone'));
  return (
    <datalist id={ZONES}>
      {zones.map((zone) => (
        <option key={zone} value={zone} />
      ))}
    </datalist>
  );
}
