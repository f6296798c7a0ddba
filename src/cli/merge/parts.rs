//! A report, read master by master: no more than one of them is in memory.

use std::fmt;
use std::io::Read;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::super::record::{Finding, MasterRecord};

/// What a report says besides its masters.
pub(super) struct Summary {
    pub(super) program: String,
    pub(super) status: u8,
    pub(super) diagnostics: Vec<Finding>,
}

/// Takes a master; `false` where no other is wanted.
type Take<'t> = dyn FnMut(MasterRecord) -> bool + 't;

/// Reads a report.
///
/// # Errors
///
/// When the system refuses, when it is no report, and when no other master is wanted.
pub(super) fn read(from: impl Read, take: &mut Take<'_>) -> serde_json::Result<Summary> {
    let mut reader = serde_json::Deserializer::from_reader(from);
    let summary = reader.deserialize_map(Whole { take })?;
    reader.end().map(|()| summary)
}

/// The report as an object.
struct Whole<'a, 't> {
    take: &'a mut Take<'t>,
}

impl<'de> Visitor<'de> for Whole<'_, '_> {
    type Value = Summary;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a report of diglot")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Summary, A::Error> {
        let (mut program, mut status, mut diagnostics, mut has_masters) = (None, None, None, false);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "program" => program = Some(map.next_value()?),
                "status" => status = Some(map.next_value()?),
                "diagnostics" => diagnostics = Some(map.next_value()?),
                "masters" => {
                    map.next_value_seed(Masters { take: &mut *self.take })?;
                    has_masters = true;
                }
                _ => {
                    map.next_value::<de::IgnoredAny>()?;
                }
            }
        }
        let missing = |name| move || de::Error::missing_field(name);
        let summary = Summary {
            program: program.ok_or_else(missing("program"))?,
            status: status.ok_or_else(missing("status"))?,
            diagnostics: diagnostics.ok_or_else(missing("diagnostics"))?,
        };
        if has_masters { Ok(summary) } else { Err(missing("masters")()) }
    }
}

/// The list of masters.
struct Masters<'a, 't> {
    take: &'a mut Take<'t>,
}

impl<'de> DeserializeSeed<'de> for Masters<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Masters<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of masters")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(master) = list.next_element()? {
            if !(self.take)(master) {
                return Err(de::Error::custom("the rest is not read"));
            }
        }
        Ok(())
    }
}
