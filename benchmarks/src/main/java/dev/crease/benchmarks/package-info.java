/**
 * JMH benchmarks: what runs hot, and whole answers for paired comparisons; run them from the root
 * of a checkout. Campaigns over all instances and backends are in {@code dev.crease.campaign}.
 */
@NullMarked
package dev.crease.benchmarks;

import org.jspecify.annotations.NullMarked;
