// The module's side of the host: each function of host.h as a call of `Module.host`. Compiled into the loader by the
// linker, so it knows HEAPU8 and UTF8ToString by name. A host that throws has a storage that failed.
mergeInto(LibraryManager.library, {
    host_file_open: function (name, create) {
        return Module['host'].open(UTF8ToString(name), create !== 0);
    },
    host_file_close: function (file) {
        Module['host'].close(file);
    },
    host_file_read: function (file, into, count, offset) {
        return Module['host'].read(file, HEAPU8.subarray(into, into + count), offset);
    },
    host_file_write: function (file, from, count, offset) {
        return Module['host'].write(file, HEAPU8.subarray(from, from + count), offset);
    },
    host_file_truncate: function (file, size) {
        return Module['host'].truncate(file, size);
    },
    host_file_sync: function (file) {
        return Module['host'].sync(file);
    },
    host_file_size: function (file) {
        return Module['host'].size(file);
    },
    host_file_exists: function (name) {
        return Module['host'].exists(UTF8ToString(name)) ? 1 : 0;
    },
    host_file_remove: function (name) {
        return Module['host'].remove(UTF8ToString(name));
    },
    host_file_rename: function (from, to) {
        return Module['host'].rename(UTF8ToString(from), UTF8ToString(to));
    },
    host_random: function (into, count) {
        Module['host'].random(HEAPU8.subarray(into, into + count));
    },
    host_tell: function (text, size) {
        Module['host'].tell(UTF8ToString(text, size));
    },
    host_link_open: function (link, url, subprotocol) {
        Module['host'].linkOpen(link, UTF8ToString(url), UTF8ToString(subprotocol));
    },
    host_link_send: function (link, bytes, size) {
        // A copy: the socket may take it later, when the memory says something else.
        Module['host'].linkSend(link, HEAPU8.slice(bytes, bytes + size));
    },
    host_link_close: function (link, code, reason) {
        Module['host'].linkClose(link, code, UTF8ToString(reason));
    },
});
