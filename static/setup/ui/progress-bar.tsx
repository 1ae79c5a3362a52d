import styles from './progress-bar.module.css';

interface ProgressBarProps {
  label: string;
  done: number;
  of: number;
  /** "Step 3 of 12" */
  text: string;
}

export function ProgressBar({ label, done, of, text }: ProgressBarProps) {
  const percent = of === 0 ? 0 : Math.round((done / of) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={text}
      className={styles['bar']}
    >
      <span style={{ width: `${String(percent)}%` }} />
    </div>
  );
}
