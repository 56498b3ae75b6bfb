//! The values of dry needling's options, written here anew: the built-in folder must agree with them.
#![allow(dead_code)]

pub const REGIONS: [&str; 21] = [
    "jaw",
    "neck",
    "shoulder",
    "upper-back",
    "mid-back",
    "chest",
    "ribs",
    "lower-back",
    "hip",
    "glute",
    "thigh",
    "hamstring",
    "knee",
    "calf",
    "ankle",
    "foot",
    "upper-arm",
    "elbow",
    "forearm",
    "wrist",
    "hand",
];
pub const INTENSITIES: [&str; 3] = ["light", "moderate", "intense"];
pub const ACTIVITIES: [&str; 5] = ["desk", "manual", "running", "lifting", "sport"];
pub const PRECAUTIONS: [&str; 5] = ["blood-thinners", "fluid-limit", "pregnancy", "faints", "immune"];
