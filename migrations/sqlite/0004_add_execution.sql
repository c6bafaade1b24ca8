ALTER TABLE `changes` ADD `asked_in` text;--> statement-breakpoint
ALTER TABLE `jobs` ADD `share` text;--> statement-breakpoint
ALTER TABLE `targets` ADD `digest` text;--> statement-breakpoint
ALTER TABLE `targets` ADD `begun_at` integer;--> statement-breakpoint
ALTER TABLE `targets` ADD `watch` text;