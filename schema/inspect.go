package schema

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
)

// headSize is the size of the head of every SQLite file (sqlite.org/fileformat2.html).
const headSize = 100

// Inspect tells of which version a file is that nobody has open, by its first bytes:
// without SQLite, and without a change. Errors: ErrForeign, ErrNewer.
func Inspect(path string, kind Kind) (version int, err error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	head := make([]byte, headSize)
	if _, err := io.ReadFull(file, head); err != nil || !bytes.HasPrefix(head, []byte("SQLite format 3\x00")) {
		return 0, fmt.Errorf("%s: %w: no SQLite file", path, ErrForeign)
	}
	// Offsets 60 and 68 are PRAGMA user_version and application_id.
	version = int(binary.BigEndian.Uint32(head[60:]))
	if application := int64(binary.BigEndian.Uint32(head[68:])); application != kind.application() {
		return 0, fmt.Errorf("%s: %w: application id %#x, not %#x", path, ErrForeign, application, kind.application())
	}
	if newest := Version(kind); version > newest {
		return 0, fmt.Errorf("%s: %w: schema %d, this program knows %d", path, ErrNewer, version, newest)
	}
	return version, nil
}
