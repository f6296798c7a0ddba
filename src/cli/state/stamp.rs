//! What the system knows of a file, and whether it is enough to know the file by.
//!
//! A file that was changed just before it was read may be changed once more within the same step of the clock, and its time will be the same. Such a stamp is
//! not settled, and neither is one from the future, which a clock that was set back leaves: the file is then known by its bytes alone.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// Nanoseconds of a second.
const SECOND: i64 = 1_000_000_000;

/// The longest step of a clock that counts parts of a second: the slowest tick of a kernel, twice.
const FINE_STEP: Duration = Duration::from_millis(20);

/// The longest step of a clock that counts whole seconds: that of FAT.
const COARSE_STEP: Duration = Duration::from_secs(2);

/// What the system knows of a file or a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Stamp {
    /// Its size in bytes.
    size: u64,
    /// When its bytes were changed last, in nanoseconds since 1970.
    modified: i64,
    /// When anything of it was changed last; 0 where the system does not say.
    changed: i64,
    /// Its number on its disk; 0 where the system does not say.
    number: u64,
    /// Whether the same stamp means the same bytes.
    settled: bool,
}

impl Stamp {
    /// The stamp of what was looked at no earlier than `now`.
    #[must_use]
    pub(in crate::cli) fn of(metadata: &Metadata, now: SystemTime) -> Self {
        let modified = metadata.modified().map_or(0, nanoseconds);
        let (changed, number) = inner(metadata);
        let mut stamp = Self { size: metadata.len(), modified, changed, number, settled: false };
        let step = if modified % SECOND == 0 { COARSE_STEP } else { FINE_STEP };
        stamp.settled = modified.max(changed).saturating_add(count(step)) < nanoseconds(now);
        stamp
    }

    /// The stamp of a file that this program has just made, under a name that no other knew. Nobody else can have changed it within the same step
    /// of a fine clock; a coarse one leaves whole seconds for it.
    #[must_use]
    pub(in crate::cli) fn of_own(metadata: &Metadata) -> Self {
        let mut stamp = Self::of(metadata, SystemTime::now());
        stamp.settled |= stamp.modified % SECOND != 0 && stamp.modified <= nanoseconds(SystemTime::now());
        stamp
    }

    /// Whether the bytes behind both stamps are the same for sure.
    #[must_use]
    pub(in crate::cli) fn is_sure(&self, now: &Self) -> bool {
        self.settled && self.is_same(now)
    }

    /// Whether the system knows the same of both.
    #[must_use]
    pub(in crate::cli) fn is_same(&self, other: &Self) -> bool {
        (self.size, self.modified, self.changed, self.number) == (other.size, other.modified, other.changed, other.number)
    }

    /// Whether the file was changed after the other.
    #[must_use]
    pub(in crate::cli) fn is_newer(&self, other: &Self) -> bool {
        self.modified > other.modified
    }

    /// Its size in bytes.
    #[must_use]
    pub(in crate::cli) fn size(&self) -> u64 {
        self.size
    }
}

/// A span in nanoseconds, at most some 292 years.
fn count(span: Duration) -> i64 {
    i64::try_from(span.as_nanos()).unwrap_or(i64::MAX)
}

/// A moment in nanoseconds since 1970.
fn nanoseconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => count(after),
        Err(before) => -count(before.duration()),
    }
}

/// When anything of a file was changed last, and its number.
#[cfg(unix)]
fn inner(metadata: &Metadata) -> (i64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.ctime().saturating_mul(SECOND).saturating_add(metadata.ctime_nsec()), metadata.ino())
}

/// When anything of a file was changed last, and its number.
#[cfg(not(unix))]
fn inner(_: &Metadata) -> (i64, u64) {
    (0, 0)
}
