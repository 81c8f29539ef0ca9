package run

import (
	"fmt"
	"syscall"
)

// diskOf names the kind of file system, as far as it is known (statfs(2)).
func diskOf(dir string) (string, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return "", fmt.Errorf("look at the file system: %w", err)
	}
	switch uint32(s.Type) {
	case 0x01021994, 0x858458f6: // TMPFS_MAGIC, RAMFS_MAGIC
		return memoryDisk, nil
	case 0xef53:
		return "ext4", nil
	case 0x58465342:
		return "xfs", nil
	case 0x9123683e:
		return "btrfs", nil
	case 0x794c7630:
		return "overlayfs", nil
	default:
		return fmt.Sprintf("file system %#x", uint32(s.Type)), nil
	}
}
