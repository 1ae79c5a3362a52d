import Avatar from '@atlaskit/avatar';
import { userAvatar } from '../../avatars';
import styles from './ui.module.css';

/** A person's picture. Drawn from the name: a person of the site has no other. */
export function Face({ name, size = 'small' }: { name: string; size?: 'small' | 'medium' | 'large' }) {
  return <Avatar size={size} src={`data:image/svg+xml,${encodeURIComponent(userAvatar(name))}`} borderColor="transparent" />;
}

/** A person's picture and name. */
export function PersonName({ person }: { person: { displayName: string } }) {
  return (
    <span className={styles['person']}>
      <Face name={person.displayName} />
      <span className={styles['ellipsis']}>{person.displayName}</span>
    </span>
  );
}
