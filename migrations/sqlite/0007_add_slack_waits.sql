ALTER TABLE `changes` ADD `not_reversed` text;--> statement-breakpoint
ALTER TABLE `jobs` ADD `troubled_at` integer;