//! Those who listen to events.
//!
//! 1. [`Hub::listen`] gives a new listener its end of a channel. Past a bound the one who has listened longest goes: it may have left long ago, for
//!    nobody learns that before there is something to tell.
//! 2. [`Hub::tell`] sends to all; who is gone is forgotten.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Mutex, PoisonError};

/// The most listeners at once.
pub const MOST: usize = 32;

/// How many events wait for one who listens slowly. Who misses some learns the state from the last.
const WAITING: usize = 64;

/// Those who listen.
#[derive(Debug, Default)]
pub struct Hub {
    listeners: Mutex<VecDeque<SyncSender<String>>>,
}

impl Hub {
    /// A new listener.
    #[must_use]
    pub fn listen(&self) -> Receiver<String> {
        let (sender, receiver) = sync_channel(WAITING);
        let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        if listeners.len() >= MOST {
            listeners.pop_front();
        }
        listeners.push_back(sender);
        receiver
    }

    /// Tells all of something. The text is one line.
    pub fn tell(&self, text: &str) {
        let text = text.replace(['\r', '\n'], " ");
        let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.retain(|listener| !matches!(listener.try_send(text.clone()), Err(TrySendError::Disconnected(_))));
    }

    /// How many listen, as far as is known.
    #[must_use]
    pub fn count(&self) -> usize {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}
