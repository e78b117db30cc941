//! Codes as pictures, and codes out of pictures.

use crate::error::ErrorCode;
use crate::view::{CodePicture, Failure};
use image::{ImageReader, Limits};
use qrcodegen::{QrCode, QrCodeEcc};
use rqrr::PreparedImage;
use std::fmt::Write as _;
use std::io::Cursor;

/// Light modules around a code, without which cameras miss it.
const QUIET: i32 = 4;
/// Pixels of a picture's side at most, and bytes of it unpacked: more is an attack on the device's memory.
const SIDE: u32 = 8_000;
const UNPACKED: u64 = 256 << 20;

/// A text as a QR code.
pub(crate) fn draw(number: u32, text: String) -> Result<CodePicture, Failure> {
    let code = QrCode::encode_text(&text, QrCodeEcc::Medium)
        .map_err(|error| ErrorCode::StorageFailed.with("detail", error))?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size())
                .take_while(|x| code.get_module(*x, y))
                .count();
            let run = i32::try_from(run).unwrap_or(0);
            if run > 0 {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{},{}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    Ok(CodePicture {
        number,
        text,
        size: u32::try_from(code.size() + 2 * QUIET).unwrap_or(0),
        path,
    })
}

/// The texts of all QR codes that can be read in a JPEG or PNG.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<String>, Failure> {
    let not_a_picture = |_| ErrorCode::NotAPicture.failure();
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| ErrorCode::NotAPicture.failure())?;
    let mut most = Limits::default();
    most.max_image_width = Some(SIDE);
    most.max_image_height = Some(SIDE);
    most.max_alloc = Some(UNPACKED);
    reader.limits(most);
    let grey = reader.decode().map_err(not_a_picture)?.into_luma8();
    let (width, height) = (grey.width() as usize, grey.height() as usize);
    let pixels = grey.into_raw();
    let mut prepared = PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        pixels.get(y * width + x).copied().unwrap_or(u8::MAX)
    });
    let grids = prepared.detect_grids();
    Ok(grids
        .iter()
        .filter_map(|grid| grid.decode().ok())
        .map(|(_, text)| text)
        .collect())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use image::{GrayImage, ImageFormat, Luma};

    /// A photograph of a screen, as flat as it gets: several codes side by side as PNG.
    pub(crate) fn photograph(texts: &[String]) -> Vec<u8> {
        const SCALE: u32 = 4;
        let codes: Vec<QrCode> = texts
            .iter()
            .map(|text| QrCode::encode_text(text, QrCodeEcc::Medium).expect("it fits"))
            .collect();
        let side = |code: &QrCode| u32::try_from(code.size() + 2 * QUIET).expect("small");
        let width: u32 = codes.iter().map(side).sum();
        let height = codes.iter().map(side).max().unwrap_or(1);
        let mut picture = GrayImage::from_pixel(width * SCALE, height * SCALE, Luma([230]));
        let mut left = 0;
        for code in &codes {
            for y in 0..side(code) {
                for x in 0..side(code) {
                    let module = |at: u32| i32::try_from(at).expect("small") - QUIET;
                    if code.get_module(module(x), module(y)) {
                        for pixel in 0..SCALE * SCALE {
                            let (dx, dy) = (pixel % SCALE, pixel / SCALE);
                            picture.put_pixel((left + x) * SCALE + dx, y * SCALE + dy, Luma([25]));
                        }
                    }
                }
            }
            left += side(code);
        }
        let mut bytes = Cursor::new(Vec::new());
        picture
            .write_to(&mut bytes, ImageFormat::Png)
            .expect("written");
        bytes.into_inner()
    }

    #[test]
    fn codes_are_read_out_of_a_picture() {
        let texts = ["BQF1AAAA".repeat(80), "BH1-TEST".to_owned()];
        let mut read = read(&photograph(&texts)).expect("a picture");
        read.sort();
        let mut wanted = texts.to_vec();
        wanted.sort();
        assert_eq!(read, wanted);
    }

    #[test]
    fn a_picture_without_codes_has_none_and_other_bytes_are_no_picture() {
        let blank = GrayImage::from_pixel(64, 64, Luma([200]));
        let mut bytes = Cursor::new(Vec::new());
        blank
            .write_to(&mut bytes, ImageFormat::Png)
            .expect("written");
        assert_eq!(read(&bytes.into_inner()).expect("a picture").len(), 0);
        assert_eq!(
            read(b"no picture").map_err(|failure| failure.code),
            Err("not_a_picture".to_owned())
        );
    }

    #[test]
    fn what_is_drawn_has_the_quiet_modules_around_it() {
        let picture = draw(3, "BH1-TEST".to_owned()).expect("drawn");
        assert_eq!((picture.number, picture.size), (3, 21 + 8));
        assert!(
            picture.path.starts_with("M4,4h7v1h-7z"),
            "the finder's upper edge"
        );
    }
}
