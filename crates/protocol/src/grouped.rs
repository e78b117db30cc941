//! Codes as people read and type them: groups of Crockford's base 32, each with a check character.

use crate::EnrolCodeError;

/// Crockford's base 32: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a group without its check character.
const GROUP: usize = 7;
/// No code of this version is as long as this many characters.
const LONGEST: usize = 4096;

/// `BQ1-…` in groups, as shown and typed.
pub(crate) fn write(prefix: &str, version: char, payload: &[u8]) -> String {
    let mut symbols = to_symbols(payload);
    symbols.resize(symbols.len().next_multiple_of(GROUP), 0);
    let mut text = format!("{prefix}{version}");
    for (index, group) in symbols.chunks(GROUP).enumerate() {
        text.push('-');
        let check = check_symbol(index, group);
        text.extend(
            group
                .iter()
                .chain([&check])
                .map(|symbol| char::from(ALPHABET[usize::from(*symbol)])),
        );
    }
    text
}

/// What [`write`] was given, with the zeros that filled the last group.
pub(crate) fn read(prefix: &str, version: char, text: &str) -> Result<Vec<u8>, EnrolCodeError> {
    let typed: Vec<char> = text
        .chars()
        .filter(|c| !is_separator(*c))
        .map(normal)
        .take(LONGEST)
        .collect();
    if typed.is_empty() {
        return Err(EnrolCodeError::Empty);
    }
    let prefix: Vec<char> = prefix.chars().collect();
    let rest = typed
        .strip_prefix(prefix.as_slice())
        .ok_or(EnrolCodeError::NotACode)?;
    let (found, rest) = rest.split_first().ok_or(EnrolCodeError::Incomplete)?;
    if *found != version {
        return Err(EnrolCodeError::UnknownVersion);
    }
    let mut symbols = Vec::new();
    for (index, group) in rest.chunks(GROUP + 1).enumerate() {
        symbols.extend_from_slice(&read_group(index, group)?);
    }
    Ok(to_bytes(&symbols))
}

fn read_group(index: usize, group: &[char]) -> Result<Vec<u8>, EnrolCodeError> {
    let number = index + 1;
    let mut symbols = Vec::with_capacity(GROUP + 1);
    for character in group {
        let found = ALPHABET
            .iter()
            .zip(0_u8..)
            .find(|(letter, _)| char::from(**letter) == *character);
        let bad = EnrolCodeError::BadCharacter {
            group: number,
            character: *character,
        };
        symbols.push(found.ok_or(bad)?.1);
    }
    let (check, data) = symbols.split_last().ok_or(EnrolCodeError::Incomplete)?;
    if data.len() < GROUP {
        return Err(EnrolCodeError::Incomplete);
    }
    if check_symbol(index, data) != *check {
        return Err(EnrolCodeError::Mistyped { group: number });
    }
    Ok(data.to_vec())
}

/// Odd weights: every single slip shows, nearly every swap of neighbours, and every swap of two groups.
fn check_symbol(index: usize, group: &[u8]) -> u8 {
    let sum: usize = group
        .iter()
        .enumerate()
        .map(|(place, symbol)| (2 * place + 1) * usize::from(*symbol))
        .sum();
    u8::try_from((sum + index) % ALPHABET.len()).unwrap_or_default()
}

fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '_' | '.'
        )
}

/// One character for all that look or are typed like it.
fn normal(character: char) -> char {
    match character.to_uppercase().next().unwrap_or(character) {
        'O' | 'О' => '0',
        'I' | 'L' | 'І' => '1',
        'А' => 'A',
        'В' => 'B',
        'С' => 'C',
        'Е' => 'E',
        'Н' => 'H',
        'К' => 'K',
        'М' => 'M',
        'Р' => 'P',
        'Т' => 'T',
        'Х' => 'X',
        'У' => 'Y',
        other => other,
    }
}

fn to_symbols(bytes: &[u8]) -> Vec<u8> {
    let mut symbols = Vec::new();
    let (mut held, mut bits) = (0_u16, 0_u32);
    for byte in bytes {
        held = held << 8 | u16::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            symbols.push((held >> bits & 31).to_be_bytes()[1]);
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        symbols.push((held << (5 - bits) & 31).to_be_bytes()[1]);
    }
    symbols
}

/// Whole bytes only; what is left over is padding.
fn to_bytes(symbols: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u16, 0_u32);
    for symbol in symbols {
        held = held << 5 | u16::from(*symbol);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits).to_be_bytes()[1]);
            held &= (1 << bits) - 1;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_as_many_groups_as_its_bytes_need() {
        for (bytes, groups) in [(1, 1), (4, 1), (5, 2), (35, 8), (36, 9)] {
            let payload: Vec<u8> = (1..=bytes).map(|byte| byte * 7).collect();
            let text = write("BQ", '1', &payload);
            let parts: Vec<&str> = text.split('-').collect();
            assert_eq!((parts[0], parts.len() - 1), ("BQ1", groups), "{bytes}");
            assert!(parts[1..].iter().all(|group| group.len() == GROUP + 1));
            let read = read("BQ", '1', &text).expect("its own");
            assert_eq!(read[..payload.len()], payload);
            assert!(read[payload.len()..].iter().all(|byte| *byte == 0));
        }
    }
}
