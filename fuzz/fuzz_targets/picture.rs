//! See [`baqylau_fuzz::pictures::picture`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| baqylau_fuzz::pictures::picture(bytes));
