// The module's files under node: a folder, and calls that wait for the disk. The same functions as
// platform/web/worker/src/host.ts names.
import fs from "node:fs";
import path from "node:path";

const done = 0, failed = 1, full = 2;

export class FolderFiles {
    constructor(folder) {
        this.folder = folder;
        this.opened = [];
        fs.mkdirSync(folder, { recursive: true });
    }
    at(name) {
        return path.join(this.folder, name);
    }
    open(name, create) {
        const known = this.opened.findIndex((file) => file.name === name);
        if (known >= 0) return known;
        if (!create && !fs.existsSync(this.at(name))) return -1;
        const descriptor = fs.openSync(this.at(name), fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600);
        return this.opened.push({ name, descriptor }) - 1;
    }
    close() {}
    read(file, into, offset) {
        return fs.readSync(this.opened[file].descriptor, into, 0, into.length, offset);
    }
    write(file, from, offset) {
        return this.guard(() => fs.writeSync(this.opened[file].descriptor, from, 0, from.length, offset));
    }
    truncate(file, size) {
        return this.guard(() => fs.ftruncateSync(this.opened[file].descriptor, size));
    }
    sync(file) {
        return this.guard(() => fs.fdatasyncSync(this.opened[file].descriptor));
    }
    size(file) {
        return fs.fstatSync(this.opened[file].descriptor).size;
    }
    exists(name) {
        return fs.existsSync(this.at(name));
    }
    remove(name) {
        this.forget(name);
        return this.guard(() => fs.rmSync(this.at(name), { force: true }));
    }
    rename(from, to) {
        this.forget(from);
        this.forget(to);
        return this.guard(() => fs.renameSync(this.at(from), this.at(to)));
    }
    release() {
        for (const file of this.opened) if (file.name !== null) fs.closeSync(file.descriptor);
        this.opened = [];
    }
    /** Numbers of open files stay what they are; this one is not given out again. */
    forget(name) {
        for (const file of this.opened) {
            if (file.name !== name) continue;
            fs.closeSync(file.descriptor);
            file.name = null;
        }
    }
    guard(act) {
        try {
            act();
            return done;
        } catch (error) {
            return error.code === "ENOSPC" ? full : failed;
        }
    }
}
