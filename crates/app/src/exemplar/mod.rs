//! Exemplars: the register, proposals, recognition, confirmation, withdrawal, copies, papers and pictures, lists.

mod attach_paper;
mod confirm;
mod copied;
mod desk;
mod export;
mod import_list;
mod one;
mod paper_file;
mod propose;
mod recognise;
mod register;
mod retract;
mod sample;
mod step;
mod tell_replication;
mod withdraw;
mod withdraw_paper;

pub use attach_paper::{NewFile, NewPaper, attach_paper};
pub use confirm::confirm;
pub use copied::{ChangeSeen, CopySeen};
pub use export::{Beyond, ExportWords, FileKind, export};
pub use import_list::{Imported, ListSeen, confirm_list, look_at_list, preview_list};
pub use one::{One, one};
pub use paper_file::paper_file;
pub use propose::{Choices, choices, propose};
pub use recognise::recognise;
pub use register::{Asked, Listed, Row, register};
pub use retract::retract;
pub use sample::open_sample;
pub use step::Taken;
pub use tell_replication::{NewReplication, tell_replication};
pub use withdraw::withdraw;
pub use withdraw_paper::withdraw_paper;
