//! The heap. A page makes a few hundred small allocations per sign-in, one at a time: a list of free blocks is enough,
//! and 2 KB of download smaller than the standard library's allocator.

use lol_alloc::{FreeListAllocator, LockedAllocator};

#[global_allocator]
static HEAP: LockedAllocator<FreeListAllocator> = LockedAllocator::new(FreeListAllocator::new());
