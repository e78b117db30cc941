//! See [`baqylau_fuzz::codes::typed_code`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| baqylau_fuzz::codes::typed_code(bytes));
