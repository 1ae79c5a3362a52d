/**
 * The register in SQL. The newest version of an item is its row, so that whoever changes it does so in one statement that compares `version`; before
 * that, what the row says is copied to `mi_version` (INSERT IGNORE, since it may be done twice). Forge SQL takes 25 changes of tables a minute (Forge
 * docs: SQL limits), and a first installation makes them all at once: four tables, with their indexes in them.
 */
import type { Migration } from '../platform/sql';

/** Capitals and accents are one; cheaper to look words up in than the order of people. */
const LOOSE = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci';
export const KEY = `VARCHAR(40) ${LOOSE}`;
const SIGNS = 'CHARACTER SET ascii COLLATE ascii_bin';
const WORDS = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci';

/** What the newest version says of itself: the columns that both tables of versions have. */
export const VERSION_COLUMNS = ['version', 'at', 'actor', 'cause', 'work_id', 'work_key', 'run', 'changes', 'why'] as const;

const VERSION = `version INT NOT NULL,
      at DATETIME(3) NOT NULL,
      actor VARCHAR(128),
      cause VARCHAR(12) ${SIGNS} NOT NULL,
      work_id VARCHAR(20),
      work_key VARCHAR(40),
      run VARCHAR(36) ${SIGNS},
      changes LONGTEXT NOT NULL,
      why VARCHAR(1000)`;

export const registerMigrations: readonly Migration[] = [
  {
    name: 'v070_mi_item',
    // life, criticality: places in their lists. said: what the last file said of it, by attribute. seen_at: when a file last named it, gone_at: since when it no longer does.
    statement: `CREATE TABLE IF NOT EXISTS mi_item (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      item_key ${KEY} NOT NULL,
      name VARCHAR(200) ${LOOSE} NOT NULL,
      class VARCHAR(24) ${SIGNS} NOT NULL,
      life TINYINT NOT NULL,
      keeper VARCHAR(40) ${SIGNS},
      location VARCHAR(120) ${WORDS},
      criticality TINYINT,
      supplier VARCHAR(40) ${SIGNS},
      uc VARCHAR(14) ${SIGNS},
      attributes LONGTEXT NOT NULL,
      verified_at DATETIME(3),
      verified_how VARCHAR(10),
      source VARCHAR(60) ${SIGNS},
      said LONGTEXT,
      seen_at DATETIME(3),
      gone_at DATETIME(3),
      ${VERSION},
      created_at DATETIME(3) NOT NULL,
      UNIQUE KEY mi_item_key (item_key),
      KEY mi_item_search (item_key, name),
      KEY mi_item_name (name, item_key),
      KEY mi_item_class (class, life, verified_at),
      KEY mi_item_keeper (keeper),
      KEY mi_item_location (location),
      KEY mi_item_verified (verified_at),
      KEY mi_item_work (work_id),
      KEY mi_item_run (run)
    )`,
  },
  {
    name: 'v071_mi_version',
    statement: `CREATE TABLE IF NOT EXISTS mi_version (
      item INT NOT NULL,
      ${VERSION},
      PRIMARY KEY (item, version),
      KEY mi_version_work (work_id),
      KEY mi_version_run (run),
      KEY mi_version_cause (cause, at)
    )`,
  },
  {
    name: 'v072_mi_relation',
    // kind: its place in the list. dst: an item, or 0 where ref names a party, service or agreement. need of the relations of src with this path have to hold.
    statement: `CREATE TABLE IF NOT EXISTS mi_relation (
      src INT NOT NULL,
      kind TINYINT NOT NULL,
      dst INT NOT NULL,
      ref VARCHAR(40) ${SIGNS} NOT NULL,
      path VARCHAR(20) ${WORDS},
      need TINYINT,
      PRIMARY KEY (src, kind, dst, ref),
      KEY mi_relation_back (dst, kind, src),
      KEY mi_relation_ref (ref, kind, src)
    )`,
  },
  {
    name: 'v073_mi_tie',
    // What a work item has to do with an item, by key, since an item to add is not there yet. role: place in TIE_ROLES; window: of the change. heard: how
    // new the reading was; the row of a work item without an item says of which reading the others are.
    statement: `CREATE TABLE IF NOT EXISTS mi_tie (
      work_id VARCHAR(20) NOT NULL,
      item_key ${KEY} NOT NULL,
      role TINYINT NOT NULL,
      work_key VARCHAR(40) NOT NULL,
      type VARCHAR(20) ${SIGNS} NOT NULL,
      status VARCHAR(20) ${SIGNS} NOT NULL,
      is_open TINYINT NOT NULL,
      reported_at DATETIME(3) NOT NULL,
      window_start DATETIME(3),
      window_end DATETIME(3),
      plan LONGTEXT,
      outcome VARCHAR(10) ${SIGNS},
      outcome_why VARCHAR(1000),
      outcome_by VARCHAR(128),
      outcome_at DATETIME(3),
      heard CHAR(34) ${SIGNS} NOT NULL DEFAULT '',
      PRIMARY KEY (work_id, item_key, role),
      KEY mi_tie_item (item_key, is_open, role),
      KEY mi_tie_trend (type, reported_at, item_key),
      KEY mi_tie_window (is_open, window_start, window_end)
    )`,
  },
];
