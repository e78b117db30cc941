//! See [`baqylau_fuzz::forms::expression`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| baqylau_fuzz::forms::expression(bytes));
