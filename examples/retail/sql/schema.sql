-- The sales database, as it is deployed to Azure SQL. Runs once, when the local database is made.
CREATE SCHEMA stage;
GO
CREATE SCHEMA etl;
GO
CREATE TABLE stage.Orders (
    order_id int NOT NULL,
    order_time datetime2 NOT NULL,
    customer_id nvarchar(20) NOT NULL,
    store nvarchar(50) NOT NULL,
    product_id nvarchar(20) NOT NULL,
    quantity int NOT NULL,
    unit_price decimal(10, 2) NULL,
    note nvarchar(400) NULL,
    source_file nvarchar(200) NOT NULL
);
CREATE TABLE dbo.Orders (
    order_id int NOT NULL PRIMARY KEY,
    order_time datetime2 NOT NULL,
    customer_id nvarchar(20) NOT NULL,
    store nvarchar(50) NOT NULL,
    product_id nvarchar(20) NOT NULL,
    quantity int NOT NULL,
    unit_price decimal(10, 2) NOT NULL
);
CREATE TABLE dbo.Customers (
    customer_id nvarchar(20) NOT NULL PRIMARY KEY,
    name nvarchar(100) NOT NULL,
    email nvarchar(200) NULL,
    country nvarchar(2) NOT NULL,
    signup_date date NOT NULL
);
CREATE TABLE dbo.Products (
    product_id nvarchar(20) NOT NULL PRIMARY KEY,
    name nvarchar(100) NOT NULL,
    category nvarchar(50) NOT NULL,
    price decimal(10, 2) NOT NULL,
    supplier nvarchar(100) NULL
);
CREATE TABLE dbo.DimCustomer (
    customer_key bigint NOT NULL PRIMARY KEY,
    customer_id nvarchar(20) NOT NULL,
    name nvarchar(100) NOT NULL,
    email nvarchar(200) NULL,
    country nvarchar(2) NOT NULL,
    signup_date date NOT NULL,
    valid_from date NOT NULL,
    valid_to date NULL,
    is_current bit NOT NULL
);
CREATE TABLE etl.Watermark (
    source nvarchar(50) NOT NULL PRIMARY KEY,
    last_file nvarchar(200) NOT NULL
);
CREATE TABLE etl.Audit (
    audit_id int IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    run_id nvarchar(50) NOT NULL,
    pipeline nvarchar(100) NOT NULL,
    status nvarchar(20) NOT NULL,
    files int NOT NULL,
    message nvarchar(4000) NULL,
    logged_at datetime2 NOT NULL DEFAULT GETUTCDATE()
);
INSERT INTO etl.Watermark (source, last_file) VALUES ('orders', '');
