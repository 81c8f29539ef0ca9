package disk

import (
	"sync"
	"unsafe"

	"modernc.org/libc"
	sqlite "modernc.org/sqlite/lib"
)

// handle is an open file of a Disk.
type handle struct {
	disk  *Disk
	file  *file
	path  string
	erase bool      // it is deleted when it is closed
	fresh bool      // its first sync syncs the folder
	areas []uintptr // shared memory, which only this process has
}

// sqliteFile is what SQLite keeps of an open file: its own head, and our number.
type sqliteFile struct {
	sqlite.Tsqlite3_file
	number uintptr
}

// handles are the open ones, by their numbers.
var handles struct {
	sync.RWMutex
	all  map[uintptr]*handle
	last uintptr
}

func keep(h *handle) uintptr {
	handles.Lock()
	defer handles.Unlock()
	handles.last++
	handles.all[handles.last] = h
	return handles.last
}

func handleOf(file uintptr) *handle {
	handles.RLock()
	defer handles.RUnlock()
	return handles.all[at[sqliteFile](file).number]
}

// The file system, and what opens its files. SQLite keeps their addresses, so
// they are variables of the package, which the collector never moves.
var (
	system   sqlite.Tsqlite3_vfs
	machine  *sqlite.Tsqlite3_vfs // the one of the operating system
	methods  sqlite.Tsqlite3_io_methods
	name     = [...]byte{'d', 'i', 's', 'k', 0}
	register = sync.OnceFunc(registerSystem)
)

// registerSystem makes the file system SQLite's default: a copy of the machine's
// with other ways to open, delete and look for a file.
func registerSystem() {
	tls := libc.NewTLS()
	defer tls.Close()
	machine = at[sqlite.Tsqlite3_vfs](sqlite.Xsqlite3_vfs_find(tls, 0))
	system = *machine
	system.FzName = uintptr(unsafe.Pointer(&name))
	system.FszOsFile = max(system.FszOsFile, int32(unsafe.Sizeof(sqliteFile{})))
	system.FxOpen, system.FxDelete, system.FxAccess = pointer(open), pointer(remove), pointer(access)
	methods = sqlite.Tsqlite3_io_methods{
		FiVersion: 2, FxClose: pointer(closeFile), FxRead: pointer(read), FxWrite: pointer(write), FxTruncate: pointer(truncate),
		FxSync: pointer(syncFile), FxFileSize: pointer(fileSize), FxLock: pointer(lock), FxUnlock: pointer(lock),
		FxCheckReservedLock: pointer(reserved), FxFileControl: pointer(control), FxSectorSize: pointer(sectorSize),
		FxDeviceCharacteristics: pointer(characteristics), FxShmMap: pointer(share), FxShmLock: pointer(shareLock),
		FxShmBarrier: pointer(barrier), FxShmUnmap: pointer(unshare),
	}
	handles.all = map[uintptr]*handle{}
	if code := sqlite.Xsqlite3_vfs_register(tls, uintptr(unsafe.Pointer(&system)), 1); code != sqlite.SQLITE_OK {
		panic("disk: SQLite does not take the file system")
	}
}

// pointer is a function as the translated C calls it; f is a function of the
// package, not a closure.
func pointer(f any) uintptr { return (*[2]uintptr)(unsafe.Pointer(&f))[1] }

// function is the way back.
func function[F any](p uintptr) F { return *(*F)(unsafe.Pointer(&p)) }

// at is what lies at an address in C's memory.
func at[T any](p uintptr) *T { return *(**T)(unsafe.Pointer(&p)) }

// journals are the files of which the first sync syncs the folder (SQLite source,
// os_unix.c).
const journals = sqlite.SQLITE_OPEN_MAIN_JOURNAL | sqlite.SQLITE_OPEN_SUPER_JOURNAL | sqlite.SQLITE_OPEN_WAL

func open(tls *libc.TLS, vfs, zName, file uintptr, flags int32, outFlags uintptr) int32 {
	path := ""
	if zName != 0 {
		path = libc.GoString(zName)
	}
	d := diskOf(path)
	if path == "" || d == nil {
		type opener = func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32
		return function[opener](machine.FxOpen)(tls, vfs, zName, file, flags, outFlags)
	}
	*at[sqliteFile](file) = sqliteFile{}
	f := d.open(path, flags&sqlite.SQLITE_OPEN_CREATE != 0)
	if f == nil {
		return sqlite.SQLITE_CANTOPEN
	}
	if outFlags != 0 {
		*at[int32](outFlags) = flags
	}
	*at[sqliteFile](file) = sqliteFile{
		Tsqlite3_file: sqlite.Tsqlite3_file{FpMethods: uintptr(unsafe.Pointer(&methods))},
		number: keep(&handle{
			disk: d, file: f, path: path, erase: flags&sqlite.SQLITE_OPEN_DELETEONCLOSE != 0,
			fresh: flags&sqlite.SQLITE_OPEN_CREATE != 0 && flags&journals != 0,
		}),
	}
	return sqlite.SQLITE_OK
}

func remove(tls *libc.TLS, vfs, zName uintptr, syncFolder int32) int32 {
	path := libc.GoString(zName)
	d := diskOf(path)
	if d == nil {
		return function[func(*libc.TLS, uintptr, uintptr, int32) int32](machine.FxDelete)(tls, vfs, zName, syncFolder)
	}
	switch found, arrived := d.remove(path, syncFolder != 0); {
	case !found:
		return sqlite.SQLITE_IOERR_DELETE_NOENT
	case !arrived:
		return sqlite.SQLITE_IOERR_DELETE
	default:
		return sqlite.SQLITE_OK
	}
}

func access(tls *libc.TLS, vfs, zName uintptr, flags int32, result uintptr) int32 {
	path := libc.GoString(zName)
	d := diskOf(path)
	if d == nil {
		return function[func(*libc.TLS, uintptr, uintptr, int32, uintptr) int32](machine.FxAccess)(tls, vfs, zName, flags, result)
	}
	*at[int32](result) = 0
	if d.exists(path) {
		*at[int32](result) = 1
	}
	return sqlite.SQLITE_OK
}

func closeFile(_ *libc.TLS, file uintptr) int32 {
	h := handleOf(file)
	if h.erase {
		h.disk.remove(h.path, false)
	}
	handles.Lock()
	defer handles.Unlock()
	delete(handles.all, at[sqliteFile](file).number)
	return sqlite.SQLITE_OK
}

func read(_ *libc.TLS, file, buffer uintptr, n int32, from int64) int32 {
	h := handleOf(file)
	into := unsafe.Slice(at[byte](buffer), n)
	got := h.disk.read(h.file, into, from)
	if got == int(n) {
		return sqlite.SQLITE_OK
	}
	clear(into[got:])
	return sqlite.SQLITE_IOERR_SHORT_READ
}

func write(_ *libc.TLS, file, buffer uintptr, n int32, to int64) int32 {
	h := handleOf(file)
	data := append([]byte{}, unsafe.Slice(at[byte](buffer), n)...)
	return done(h.disk.change(h.file, change{to, data}), sqlite.SQLITE_IOERR_WRITE)
}

func truncate(_ *libc.TLS, file uintptr, size int64) int32 {
	h := handleOf(file)
	return done(h.disk.change(h.file, change{at: size}), sqlite.SQLITE_IOERR_TRUNCATE)
}

func syncFile(_ *libc.TLS, file uintptr, _ int32) int32 {
	h := handleOf(file)
	arrived := h.disk.sync(h.path, h.file, h.fresh)
	h.fresh = false
	return done(arrived, sqlite.SQLITE_IOERR_FSYNC)
}

func done(arrived bool, fault int32) int32 {
	if !arrived {
		return fault
	}
	return sqlite.SQLITE_OK
}

func fileSize(_ *libc.TLS, file, size uintptr) int32 {
	h := handleOf(file)
	*at[int64](size) = h.disk.size(h.file)
	return sqlite.SQLITE_OK
}

// lock: a process has each file to itself, which its lock file tells.
func lock(*libc.TLS, uintptr, int32) int32 { return sqlite.SQLITE_OK }

func reserved(_ *libc.TLS, _, result uintptr) int32 {
	*at[int32](result) = 0
	return sqlite.SQLITE_OK
}

func control(*libc.TLS, uintptr, int32, uintptr) int32 { return sqlite.SQLITE_NOTFOUND }

func sectorSize(*libc.TLS, uintptr) int32 { return 4096 }

// characteristics are those of SQLite's own unix files: what is beside a write
// is not harmed by it.
func characteristics(*libc.TLS, uintptr) int32 { return sqlite.SQLITE_IOCAP_POWERSAFE_OVERWRITE }

func share(tls *libc.TLS, file uintptr, n, size, extend int32, area uintptr) int32 {
	h := handleOf(file)
	for extend != 0 && len(h.areas) <= int(n) {
		h.areas = append(h.areas, libc.Xcalloc(tls, 1, libc.Tsize_t(size)))
	}
	*at[uintptr](area) = 0
	if int(n) < len(h.areas) {
		*at[uintptr](area) = h.areas[n]
	}
	return sqlite.SQLITE_OK
}

func shareLock(*libc.TLS, uintptr, int32, int32, int32) int32 { return sqlite.SQLITE_OK }

func barrier(*libc.TLS, uintptr) {}

func unshare(tls *libc.TLS, file uintptr, _ int32) int32 {
	h := handleOf(file)
	for _, area := range h.areas {
		libc.Xfree(tls, area)
	}
	h.areas = nil
	return sqlite.SQLITE_OK
}
