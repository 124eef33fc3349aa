#!/bin/bash
# Boots a folder with a Debian in it as a container under its own systemd:
#
#	boot.sh ROOT CGROUP
#
# Process, mount, network and control group namespaces of its own; its clock
# and kernel are ours. It lives as long as this process, and ends with it.
set -euo pipefail

readonly ROOT=$1 CGROUP=$2

mkdir -p "$CGROUP"
echo $$ > "$CGROUP/cgroup.procs"

# /run must be shared: systemd mounts a service's credentials from a process
# of its own
inside='
cd "$1"
mount --make-rprivate /
mount --bind . .
cd "$1"
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=755 tmpfs dev
mkdir dev/pts dev/shm
while read -r name major minor; do
	mknod -m 666 "dev/$name" c "$major" "$minor"
done <<-END
	null 1 3
	zero 1 5
	full 1 7
	random 1 8
	urandom 1 9
	tty 5 0
END
pivot_root . mnt
umount -l /mnt
mount --make-rshared /
exec env -i container=ringfence-test PATH=/usr/sbin:/usr/bin:/sbin:/bin \
	/lib/systemd/systemd --log-target=journal
'
exec unshare --cgroup --mount --net --uts --ipc --pid --fork --kill-child \
	bash -euc "$inside" boot "$ROOT" < /dev/null
