//! QR codes, for a screen and for a terminal.

use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write as _;

/// Light modules around a code, without which scanners miss it.
const QUIET: i32 = 4;
const QUIET_IN_TERMINAL: i32 = 2;

fn encode(text: &str) -> Option<QrCode> {
    QrCode::encode_text(text, QrCodeEcc::Medium).ok()
}

/// The code as an SVG picture in one path; `None` when the text is too long for any code.
#[must_use]
pub(crate) fn svg(text: &str) -> Option<String> {
    let code = encode(text)?;
    let size = code.size() + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            // Writing to a string cannot fail.
            let _ = write!(path, "M{},{}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0,0h{size}v{size}h-{size}z\"/><path d=\"{path}\"/></svg>"
    ))
}

/// The code in half blocks, dark on light whatever the terminal's colours; `None` when the text is too long.
#[must_use]
pub(crate) fn terminal(text: &str) -> Option<String> {
    let code = encode(text)?;
    let edge = code.size() + QUIET_IN_TERMINAL;
    let dark = |x: i32, y: i32| code.get_module(x, y);
    let mut lines = String::new();
    for y in (-QUIET_IN_TERMINAL..edge).step_by(2) {
        lines.push_str("\u{1b}[30;107m");
        for x in -QUIET_IN_TERMINAL..edge {
            lines.push(match (dark(x, y), dark(x, y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        lines.push_str("\u{1b}[0m\n");
    }
    Some(lines)
}
