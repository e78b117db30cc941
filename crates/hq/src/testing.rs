//! Alterations of an export, as somebody who wants another result would try them, and many that nobody would.

use crate::evidence::{Export, names};
use serde_json::{Map, Value};

/// What is done to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alteration {
    /// One byte becomes another.
    Byte,
    /// One field of a line says something else, in the spelling that headquarters uses.
    Field,
    /// A line is gone.
    Delete,
    /// A line is there twice, or once more with another byte in it.
    Insert,
    /// Two lines have changed places.
    Reorder,
    /// Two lines have changed their devices.
    SwapDevices,
}

const ALL: [Alteration; 6] = [
    Alteration::Byte,
    Alteration::Field,
    Alteration::Delete,
    Alteration::Insert,
    Alteration::Reorder,
    Alteration::SwapDevices,
];

/// Numbers that look random and come again from the same seed (`SplitMix64`).
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Begins at a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound.max(1) as u64) as usize
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Alters one of `files` in some way, and says which and how. What would leave the bytes as they were is drawn again.
pub fn alter(export: &mut Export, files: &[String], dice: &mut Dice) -> (String, Alteration) {
    loop {
        let (name, kind) = (dice.one_of(files).clone(), *dice.one_of(&ALL));
        let Some(bytes) = export.get(&name) else {
            continue;
        };
        let altered = altered(&name, bytes, kind, dice);
        if let Some(altered) = altered.filter(|altered| altered != bytes) {
            export.insert(name.clone(), altered);
            return (name, kind);
        }
    }
}

fn altered(name: &str, bytes: &[u8], kind: Alteration, dice: &mut Dice) -> Option<Vec<u8>> {
    let mut lines: Vec<Vec<u8>> = bytes
        .split_inclusive(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    if lines.is_empty() {
        return None;
    }
    let at = dice.below(lines.len());
    match kind {
        Alteration::Byte => {
            let mut bytes = bytes.to_vec();
            another_byte(&mut bytes, dice);
            return Some(bytes);
        }
        Alteration::Field => lines[at] = another_field(name, &lines[at], dice)?,
        Alteration::Delete => drop(lines.remove(at)),
        Alteration::Insert => {
            let mut line = lines[at].clone();
            if dice.below(2) == 0 {
                another_byte(&mut line, dice);
            }
            let place = dice.below(lines.len() + 1);
            lines.insert(place, line);
        }
        Alteration::Reorder => {
            let other = dice.below(lines.len());
            lines.swap(at, other);
        }
        Alteration::SwapDevices => {
            let other = dice.below(lines.len());
            let (mut a, mut b) = (object(&lines[at])?, object(&lines[other])?);
            std::mem::swap(a.get_mut("device")?, b.get_mut("device")?);
            (lines[at], lines[other]) = (line(&a), line(&b));
        }
    }
    Some(lines.concat())
}

fn another_byte(bytes: &mut [u8], dice: &mut Dice) {
    let at = dice.below(bytes.len());
    bytes[at] ^= 1 + dice.below(255) as u8;
}

fn object(line: &[u8]) -> Option<Map<String, Value>> {
    serde_json::from_slice(line).ok()
}

fn line(object: &Map<String, Value>) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(object).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn another_field(name: &str, bytes: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    if let Some(mut object) = object(bytes) {
        another_value(object.values_mut(), dice)?;
        return Some(line(&object));
    }
    let text = std::str::from_utf8(bytes).ok()?.trim_end_matches('\n');
    let between = if name == names::LINES || name == names::MANIFEST {
        ' '
    } else {
        ','
    };
    let mut fields: Vec<String> = text.split(between).map(str::to_owned).collect();
    let at = dice.below(fields.len());
    fields[at] = another_text(&fields[at], dice);
    let text = fields.join(&between.to_string()) + "\n";
    Some(text.into_bytes())
}

fn another_value<'a>(values: impl Iterator<Item = &'a mut Value>, dice: &mut Dice) -> Option<()> {
    let mut values: Vec<_> = values.collect();
    if values.is_empty() {
        return None;
    }
    let at = dice.below(values.len());
    match &mut *values[at] {
        Value::Object(object) => return another_value(object.values_mut(), dice),
        Value::Array(array) => return another_value(array.iter_mut(), dice),
        Value::String(text) => *text = another_text(text, dice),
        Value::Bool(flag) => *flag = !*flag,
        value @ Value::Null => *value = Value::from("x"),
        value @ Value::Number(_) => {
            *value = Value::from(value.as_i64()?.wrapping_add(1 + dice.below(9) as i64));
        }
    }
    Some(())
}

/// A digit becomes another digit; a text without digits grows by one.
fn another_text(text: &str, dice: &mut Dice) -> String {
    let digits: Vec<usize> = text
        .char_indices()
        .filter(|(_, it)| it.is_ascii_digit())
        .map(|(at, _)| at)
        .collect();
    let digit = dice.below(10).to_string();
    match digits.is_empty() {
        true => format!("{text}{digit}"),
        false => {
            let at = *dice.one_of(&digits);
            format!("{}{digit}{}", &text[..at], &text[at + 1..])
        }
    }
}
