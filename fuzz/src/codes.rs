//! What people type, read out, or hold before a camera.

use crate::{keys, mode};
use baqylau_protocol::{
    EnrolCode, EnrolCodeError, Frame, HandoverCode, RecoveryAnswer, RecoveryRequest,
};
use sha2::{Digest as _, Sha256};

/// Crockford's base 32.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A code is refused, or written again it is the same code; typed in small letters with other separators it is that too.
pub fn typed_code(bytes: &[u8]) {
    let Some((mode, rest)) = mode(bytes, 5) else {
        return;
    };
    let text = match mode {
        0 => String::from_utf8_lossy(rest).into_owned(),
        1 => grouped("BQ1", b"obs-code-v1", rest),
        2 => grouped("BH1", b"obs-handover-v1", rest),
        3 => grouped("BR1", b"obs-recovery-v1", rest),
        _ => grouped("BA1", b"obs-recovery-v1", rest),
    };
    as_typed(&text, EnrolCode::from_text, EnrolCode::to_text);
    as_typed(&text, HandoverCode::from_text, HandoverCode::to_text);
    as_typed(&text, RecoveryAnswer::from_text, RecoveryAnswer::to_text);
    let request = as_typed(&text, RecoveryRequest::from_text, RecoveryRequest::to_text);
    if let Some(request) = request {
        let _ = request.open(&[keys::seal()]);
    }
    let _ = Frame::from_text(&text);
}

fn as_typed<T>(
    text: &str,
    read: impl Fn(&str) -> Result<T, EnrolCodeError>,
    write: impl Fn(&T) -> String,
) -> Option<T> {
    let code = read(text).ok()?;
    let written = write(&code);
    let spoken = written.to_lowercase().replace('-', " ");
    for text in [&written, &spoken] {
        let Ok(again) = read(text) else {
            panic!("what was written cannot be read");
        };
        assert_eq!(write(&again), written, "one code, two spellings");
    }
    Some(code)
}

/// Any payload with its checksum, in groups with their check characters, as `docs/SYNC.md` says.
fn grouped(prefix: &str, domain: &[u8], payload: &[u8]) -> String {
    let sum = Sha256::digest([domain, payload].concat());
    let bits: Vec<u8> = [payload, &sum[..4]]
        .concat()
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1))
        .collect();
    let symbols = bits.chunks(5).map(|five| {
        let five = five.iter().chain(std::iter::repeat(&0)).take(5);
        five.fold(0, |symbol, bit| symbol << 1 | usize::from(*bit))
    });
    let mut symbols: Vec<usize> = symbols.collect();
    symbols.resize(symbols.len().next_multiple_of(7), 0);
    let mut text = prefix.to_owned();
    for (index, group) in symbols.chunks(7).enumerate() {
        let odd = (1..).step_by(2);
        let sum: usize = odd.zip(group).map(|(weight, symbol)| weight * symbol).sum();
        let check = (sum + index) % ALPHABET.len();
        text.push('-');
        let letters = group.iter().chain([&check]);
        text.extend(letters.map(|symbol| char::from(ALPHABET[*symbol])));
    }
    text
}
