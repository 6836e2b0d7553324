//! NumPy's `default_rng(seed)`, as far as the peers' benchmark draws from it, so that both see the same data.
//!
//! SeedSequence (four words of 32 bits) seeds PCG-XSL-RR-128/64; bounded integers below 2^32 are drawn by Lemire's
//! method from halves of 64 bits, low half first; a half left over waits for the next bounded draw, and `random`
//! draws past it. <https://numpy.org/doc/stable/reference/random/bit_generators/pcg64.html>

/// NumPy's default generator.
pub struct Pcg64 {
    state: u128,
    increment: u128,
    left_over: Option<u32>,
}

const POOL: usize = 4;
const MULTIPLIER: u128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645;

impl Pcg64 {
    /// `numpy.random.default_rng(seed)`.
    pub fn seeded(seed: u32) -> Self {
        let words = seed_sequence(seed);
        let wide = |low: usize| u128::from(words[low]) << 64 | u128::from(words[low + 1]);
        let increment = wide(2) << 1 | 1;
        let mut rng = Self { state: 0, increment, left_over: None };
        rng.step();
        rng.state = rng.state.wrapping_add(wide(0));
        rng.step();
        rng
    }

    /// `rng.integers(low, high)`: from `low` to below `high`, at most 2^32 - 1 apart.
    pub fn integer(&mut self, low: i64, high: i64) -> i64 {
        let span = u32::try_from(high - low).expect("the benchmark draws from small ranges");
        let mut product = u64::from(self.half()) * u64::from(span);
        let threshold = span.wrapping_neg() % span;
        while (product as u32) < threshold {
            product = u64::from(self.half()) * u64::from(span);
        }
        low + i64::from((product >> 32) as u32)
    }

    /// `rng.random() < 0.98`, compared as integers: 0.98 is this many parts of 2^53 in binary64.
    pub fn is_below_98_percent(&mut self) -> bool {
        const PARTS: u64 = 8_827_055_269_646_172;
        self.word() >> 11 < PARTS
    }

    fn half(&mut self) -> u32 {
        if let Some(half) = self.left_over.take() {
            return half;
        }
        let word = self.word();
        self.left_over = Some((word >> 32) as u32);
        word as u32
    }

    fn word(&mut self) -> u64 {
        self.step();
        let folded = (self.state >> 64) as u64 ^ self.state as u64;
        folded.rotate_right((self.state >> 122) as u32)
    }

    fn step(&mut self) {
        self.state = self.state.wrapping_mul(MULTIPLIER).wrapping_add(self.increment);
    }
}

/// `SeedSequence(seed).generate_state(4, uint64)`.
fn seed_sequence(seed: u32) -> [u64; POOL] {
    let mut constant = 0x43b0_d7e5u32;
    let mut hashed = |value: u32| {
        let value = value ^ constant;
        constant = constant.wrapping_mul(0x931e_8875);
        let value = value.wrapping_mul(constant);
        value ^ value >> 16
    };
    let mut pool = [0u32; POOL];
    for (at, place) in pool.iter_mut().enumerate() {
        *place = hashed(if at == 0 { seed } else { 0 });
    }
    for from in 0..POOL {
        for to in 0..POOL {
            if from != to {
                let mixed =
                    pool[to].wrapping_mul(0xca01_f9dd).wrapping_sub(hashed(pool[from]).wrapping_mul(0x4973_f715));
                pool[to] = mixed ^ mixed >> 16;
            }
        }
    }
    let mut constant = 0x8b51_f9ddu32;
    let mut halves = [0u32; 2 * POOL];
    for (at, half) in halves.iter_mut().enumerate() {
        let value = pool[at % POOL] ^ constant;
        constant = constant.wrapping_mul(0x58f3_8ded);
        let value = value.wrapping_mul(constant);
        *half = value ^ value >> 16;
    }
    std::array::from_fn(|at| u64::from(halves[2 * at]) | u64::from(halves[2 * at + 1]) << 32)
}
