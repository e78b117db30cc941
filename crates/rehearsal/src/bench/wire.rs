//! What a day's reports weigh on the wire, against the best that compression alone can do.

use super::error::BenchError;
use super::fieldwork::{Day, REPORTS};
use super::figures::Wire;

/// The level of zstd that the figure is held against.
const LEVEL: i32 = 19;

/// Weighs the requests that the device has sent. They hold segments that were signed, compressed, padded and
/// sealed; the other side of the scales is zstd of the entries alone, without signature, seal or padding.
pub(super) fn measure(day: &Day) -> Result<Wire, BenchError> {
    let entries = day.entries.concat();
    let compressed = zstd::bulk::compress(&entries, LEVEL)?.len();
    let carrying = || {
        day.requests
            .iter()
            .filter(|request| !request.segments.is_empty())
    };
    let sealed: usize = carrying()
        .flat_map(|request| &request.segments)
        .map(Vec::len)
        .sum();
    let sent: usize = carrying().map(|request| request.encode().len()).sum();
    let each = |bytes: usize| bytes as f64 / REPORTS as f64;
    Ok(Wire {
        reports: REPORTS,
        bytes_per_report: each(sealed),
        ratio_zstd19: sealed as f64 / compressed as f64,
        request_bytes_per_report: each(sent),
        entry_bytes_per_report: each(entries.len()),
    })
}
