/** JMH benchmarks of engines and backends; run them from the root of a checkout. */
@NullMarked
package dev.crease.benchmarks;

import org.jspecify.annotations.NullMarked;
