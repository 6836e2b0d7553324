//! One function per verb; transactions begin and end here.
