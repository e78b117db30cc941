//! See [`baqylau_fuzz::forms::form_file`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| baqylau_fuzz::forms::form_file(bytes));
