//! Pictures without what cameras write beside them: place, time, device, owner, small copies, whole second pictures.
//!
//! The page draws a picture anew before it hands it over, or hands over the file as it is; neither is relied on. What
//! stays is what drawing needs. A list of what may stay is shorter, and safer, than one of what must go; and what lies
//! between a progressive picture's scans or behind its end, where phones put second pictures with all their metadata,
//! has to be looked through as well, which the libraries that take files apart leave as it is. Numbers that a file
//! claims are only ever used to step over bytes that are there.

use crate::error::ErrorCode;
use crate::view::Failure;
use image::metadata::Orientation;
use image::{ImageFormat, ImageReader};
use std::io::Cursor;

/// The most pixels of a picture: what headquarters' browsers have to draw.
const PIXELS: u64 = 100_000_000;

/// The picture with nothing but what drawing needs, and with its orientation.
///
/// # Errors
/// `not_a_picture` for what cannot be read as the media type claims, `picture_too_large` beyond the pixels.
pub(crate) fn strip(bytes: &[u8], media_type: &str) -> Result<Vec<u8>, Failure> {
    let not_a_picture = || ErrorCode::NotAPicture.failure();
    let (stripped, format) = match media_type {
        "image/jpeg" => (jpeg(bytes), ImageFormat::Jpeg),
        "image/png" => (png(bytes), ImageFormat::Png),
        _ => return Err(not_a_picture()),
    };
    let stripped = stripped.ok_or_else(not_a_picture)?;
    let (width, height) = ImageReader::with_format(Cursor::new(&stripped), format)
        .into_dimensions()
        .map_err(|_| not_a_picture())?;
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(ErrorCode::PictureTooLarge.with("most_kb", crate::check::PICTURE_BYTES / 1024));
    }
    Ok(stripped)
}

/// Markers whose segments say how to draw: frames, tables, restarts, scans, and Adobe's word on colours.
fn is_needed(marker: u8, content: &[u8]) -> bool {
    match marker {
        0xc0..=0xcf | 0xda..=0xdd => true,
        0xee => content.starts_with(b"Adobe"),
        _ => false,
    }
}

fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
    let mut kept = Vec::new();
    let mut orientation = None;
    loop {
        let (marker, after) = next_marker(rest)?;
        if marker == 0xd9 {
            break;
        }
        let length = usize::from(u16::from_be_bytes(*after.first_chunk()?));
        let (segment, after) = after.split_at_checked(length)?;
        let content = segment.get(2..)?;
        if marker == 0xe1
            && let Some(exif) = content.strip_prefix(b"Exif\0\0")
        {
            orientation = orientation.or(Orientation::from_exif_chunk(exif));
        }
        if is_needed(marker, content) {
            kept.extend_from_slice(&[0xff, marker]);
            kept.extend_from_slice(segment);
        }
        rest = after;
        if marker == 0xda {
            let (scan, after) = rest.split_at_checked(scan_length(rest))?;
            kept.extend_from_slice(scan);
            rest = after;
        }
    }
    let head: Vec<u8> = match orientation {
        None | Some(Orientation::NoTransforms) => vec![0xff, 0xd8],
        Some(orientation) => [&[0xff, 0xd8], exif(orientation).as_slice()].concat(),
    };
    Some([head.as_slice(), &kept, &[0xff, 0xd9]].concat())
}

/// The next marker; bytes of padding before it do not count.
fn next_marker(rest: &[u8]) -> Option<(u8, &[u8])> {
    let (0xff, mut rest) = rest.split_first().map(|(first, rest)| (*first, rest))? else {
        return None;
    };
    loop {
        let (marker, after) = rest.split_first()?;
        if *marker != 0xff {
            return Some((*marker, after));
        }
        rest = after;
    }
}

/// Bytes of a scan: up to the next marker that is neither a stuffed byte nor a restart.
fn scan_length(rest: &[u8]) -> usize {
    rest.windows(2)
        .position(|pair| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff))
        .unwrap_or(rest.len())
}

/// A segment that says nothing but which side is up.
fn exif(orientation: Orientation) -> Vec<u8> {
    let entry = [
        [0x01, 0x12].as_slice(),
        &[0, 3],
        &[0, 0, 0, 1],
        &[0, orientation.to_exif(), 0, 0],
    ];
    let tiff = [
        b"MM\0*\0\0\0\x08".as_slice(),
        &[0, 1],
        &entry.concat(),
        &[0; 4],
    ]
    .concat();
    let content = [b"Exif\0\0".as_slice(), &tiff].concat();
    let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX);
    [[0xff, 0xe1].as_slice(), &length.to_be_bytes(), &content].concat()
}

/// Chunks that say how to draw.
const CHUNKS: [&[u8; 4]; 9] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT",
];

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
    let mut rest = bytes.strip_prefix(SIGNATURE)?;
    let mut kept = SIGNATURE.to_vec();
    loop {
        let length = usize::try_from(u32::from_be_bytes(*rest.first_chunk()?)).ok()?;
        let (chunk, after) = rest.split_at_checked(length.checked_add(12)?)?;
        let kind: &[u8; 4] = chunk.get(4..)?.first_chunk()?;
        if CHUNKS.contains(&kind) {
            kept.extend_from_slice(chunk);
        }
        if kind == b"IEND" {
            return Some(kept);
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageBuffer, Rgb, RgbImage};

    fn drawn() -> RgbImage {
        ImageBuffer::from_fn(40, 24, |x, y| {
            Rgb([
                u8::try_from(x * 6).unwrap_or(0),
                u8::try_from(y * 10).unwrap_or(0),
                90,
            ])
        })
    }

    fn encoded(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        drawn().write_to(&mut bytes, format).expect("in memory");
        bytes.into_inner()
    }

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).expect("short");
        [[0xff, marker].as_slice(), &length.to_be_bytes(), content].concat()
    }

    fn has(bytes: &[u8], secret: &[u8]) -> bool {
        bytes.windows(secret.len()).any(|window| window == secret)
    }

    fn pixels(bytes: &[u8]) -> Vec<u8> {
        let picture = image::load_from_memory(bytes).expect("a picture");
        picture.to_rgb8().into_raw()
    }

    #[test]
    fn whatever_a_camera_writes_beside_a_jpeg_is_gone_and_not_one_pixel_with_it() {
        let plain = encoded(ImageFormat::Jpeg);
        let beside = [
            segment(0xe0, b"JFXX\0 CANARY small copy"),
            segment(0xe1, b"Exif\0\0MM\0*\0\0\0\x08\0\0 CANARY gps"),
            segment(0xe1, b"xap/1.0/\0 CANARY xmp"),
            segment(0xe2, b"ICC_PROFILE\0 CANARY profile"),
            segment(0xed, b"Photoshop 3.0\0 CANARY iptc"),
            segment(0xfe, b"CANARY comment"),
        ];
        // Behind the end: a second picture, as phones append one.
        let marked = [
            &plain[..2],
            &beside.concat(),
            &plain[2..],
            &plain,
            b"CANARY behind",
        ]
        .concat();
        let stripped = strip(&marked, "image/jpeg").expect("a picture");
        assert!(!has(&stripped, b"CANARY") && !has(&stripped, b"JFIF"));
        assert!(stripped.len() <= plain.len());
        assert_eq!(pixels(&stripped), pixels(&plain));
        assert_eq!(strip(&stripped, "image/jpeg").expect("again"), stripped);
    }

    #[test]
    fn a_picture_taken_sideways_stays_so() {
        let plain = encoded(ImageFormat::Jpeg);
        for orientation in 2..=8 {
            let orientation = Orientation::from_exif(orientation).expect("one of eight");
            let marked = [&plain[..2], &exif(orientation), &plain[2..]].concat();
            let stripped = strip(&marked, "image/jpeg").expect("a picture");
            let found = stripped.windows(6).position(|window| window == b"Exif\0\0");
            let chunk = &stripped[found.expect("kept") + 6..];
            assert_eq!(Orientation::from_exif_chunk(chunk), Some(orientation));
        }
    }

    #[test]
    fn texts_and_times_in_a_png_are_gone() {
        let plain = encoded(ImageFormat::Png);
        let chunk = |kind: &[u8; 4], content: &[u8]| {
            let length = u32::try_from(content.len()).expect("short");
            [length.to_be_bytes().as_slice(), kind, content, &[0; 4]].concat()
        };
        let beside = [
            chunk(b"tEXt", b"Author\0CANARY"),
            chunk(b"eXIf", b"MM\0*CANARY"),
            chunk(b"tIME", b"CANARY!"),
        ];
        // Behind the signature (8) and IHDR (25).
        let marked = [&plain[..33], &beside.concat(), &plain[33..], b"CANARY"].concat();
        let stripped = strip(&marked, "image/png").expect("a picture");
        assert!(!has(&stripped, b"CANARY"));
        assert_eq!(pixels(&stripped), drawn().into_raw());
    }

    #[test]
    fn what_is_cut_off_or_lies_about_itself_is_no_picture() {
        for (format, media_type) in [
            (ImageFormat::Jpeg, "image/jpeg"),
            (ImageFormat::Png, "image/png"),
        ] {
            let plain = encoded(format);
            for cut in 0..plain.len() {
                assert!(
                    strip(&plain[..cut], media_type).is_err(),
                    "{media_type} cut at {cut}"
                );
            }
            assert!(strip(&plain, "image/webp").is_err());
        }
        assert!(strip(&encoded(ImageFormat::Png), "image/jpeg").is_err());
    }

    #[test]
    fn more_pixels_than_anybody_can_draw_are_refused() {
        let mut png = encoded(ImageFormat::Png);
        png[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
        assert!(strip(&png, "image/png").is_err());
    }
}
