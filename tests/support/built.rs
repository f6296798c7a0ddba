//! The masters of this repository, built once for all tests that look at finished outputs.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::program::Place;
use super::{Failed, source};

/// One build of all masters, and one with the masters attached.
pub struct Built {
    place: Place,
}

static BUILT: Mutex<Option<Result<Built, String>>> = Mutex::new(None);

impl Built {
    fn new() -> Result<Self, Failed> {
        let place = Place::new()?;
        super::copy(&source(), &place.at("source"))?;
        place.run(&["build", "--to", "pdf,epub,html"])?.exits(0)?;
        place.run(&["build", "--attach-master", "--to", "pdf", "--out-dir", "attached"])?.exits(0)?;
        Ok(Self { place })
    }

    /// The folder with all outputs.
    pub fn folder(&self) -> PathBuf {
        self.place.at("build")
    }

    /// The folder with the PDF files that hold their masters.
    pub fn attached(&self) -> PathBuf {
        self.place.at("attached")
    }
}

/// Looks at the outputs; they are built at the first call.
pub fn with<T>(look: impl FnOnce(&Built) -> Result<T, Failed>) -> Result<T, Failed> {
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    let made = built.get_or_insert_with(|| Built::new().map_err(|failed| failed.message().unwrap_or("the build failed").to_owned()));
    let paths = match made {
        Ok(built) => Built { place: built.place.shared() },
        Err(message) => return Err(message.as_str().into()),
    };
    drop(built);
    look(&paths)
}

/// Takes the outputs away.
pub fn clear() {
    BUILT.lock().unwrap_or_else(PoisonError::into_inner).take();
}

/// The files of one kind in a folder.
pub fn of_kind(folder: &Path, kind: &str) -> Vec<PathBuf> {
    super::files_below(folder).into_iter().filter(|path| path.extension().is_some_and(|extension| extension == kind)).collect()
}
