/** What every command runs in: settings, backends, what stops it, exit codes. */
@NullMarked
package dev.crease.cli.session;

import org.jspecify.annotations.NullMarked;
