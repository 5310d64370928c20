# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Packages of another suite or another architecture, through an apt with a state of its own:
# this machine's package lists and packages stay what they are. To be sourced.

matrix_cache=${XDG_CACHE_HOME:-$HOME/.cache}/pcipeek/matrix

# The mirror that this machine gets Debian from.
matrix_mirror() {
	local mirror
	# shellcheck disable=SC2016 # apt expands these
	mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' \
		'Origin: Debian' | awk -v suite="$(. /etc/os-release && echo "$VERSION_CODENAME")" \
		'$2 == suite { print $1; exit }')
	[[ -n $mirror ]] || {
		echo "apt.sh: apt on this machine names no mirror of Debian" >&2
		return 1
	}
	echo "$mirror"
}

# matrix_options ARCHITECTURE SUITE: set the array apt_options. sid's release file may be
# older than it says it will be, when a mirror lags.
matrix_options() {
	local state=$matrix_cache/apt/$2-$1 mirror
	if [[ ! -e $state/sources ]]; then
		mirror=$(matrix_mirror) || return
		mkdir -p "$state"/{lists/partial,cache/archives/partial,none}
		: >"$state/status"
		echo "deb $mirror $2 main" >"$state/sources"
	fi
	apt_options=(-o APT::Architecture="$1" -o APT::Architectures="$1"
		-o Dir::Etc::sourcelist="$state/sources" -o Dir::Etc::sourceparts="$state/none"
		-o Dir::Etc::preferencesparts="$state/none" -o Dir::State::Lists="$state/lists"
		-o Dir::State::status="$state/status" -o Dir::Cache="$state/cache"
		-o APT::Sandbox::User=root -o Acquire::Languages=none
		-o Acquire::Check-Valid-Until=false)
	[[ -e $state/updated ]] && return
	apt-get -q "${apt_options[@]}" update >&2 && touch "$state/updated"
}

# matrix_unpack DIRECTORY PACKAGE...: of the last matrix_options.
matrix_unpack() {
	local root=$1 work deb
	shift
	work=$(mktemp -d "$matrix_cache/download.XXXXXX")
	(cd "$work" && apt-get -q "${apt_options[@]}" download "$@" >&2) &&
		for deb in "$work"/*.deb; do
			dpkg-deb -x "$deb" "$root" || break
		done
	local status=$?
	rm -rf "$work"
	return $status
}
