//! The law book in force (sổ luật đang áp dụng): the shipped one, or what an installation loaded in its place and laid on
//! it; loading, unloading, and what is loaded.

mod in_force;
mod load_law;
mod loaded;
mod unload_law;

pub use in_force::{LawBook, LawShelf};
pub use load_law::load_law;
pub use loaded::{InForce, LoadedLaw, loaded};
pub use unload_law::unload_law;
